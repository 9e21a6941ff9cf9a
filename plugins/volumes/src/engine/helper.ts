import { fetchOwnIds, labelsOf, type Owner, ownerOf, runDocker } from '@piko/plugin-compose/contract/engine'
import type { ExecOptions } from '@piko/sdk'
import type { VolumesContext } from '../context.js'
import { isolated } from './images.js'

/** Helper containers that only mount volumes, for the engine's archive API or for a tool inside. */

export interface Mounted {
  readonly volume: string
  /** The mount point inside the helper. */
  readonly path: string
  readonly readOnly?: boolean
}

const mark = 'dev.piko.helper'

/** Creates a container that is never started: the engine copies data in and out. */
export async function withHelper<Result>(
  context: VolumesContext,
  { image, mounts }: { readonly image: string; readonly mounts: readonly Mounted[] },
  work: (id: string) => Promise<Result>,
): Promise<Result> {
  const words = ['create', ...isolated, ...labelled(ownerOf(context)), ...mountWords(mounts), image, 'piko']
  const { stdout } = await runDocker(context, words)
  const id = stdout.trim()
  try {
    return await work(id)
  } finally {
    if (!context.signal.aborted) await runDocker(context, ['rm', '-f', '-v', id])
  }
}

export interface Script {
  readonly image: string
  readonly mounts: readonly Mounted[]
  readonly script: string
  /** The script's arguments: `$1`, `$2`, … */
  readonly words: readonly string[]
  /** It may make devices, and files with capabilities. */
  readonly special?: boolean
}

/** To read and write files of any owner: root has no other rights in a helper. */
function rights(special = false): readonly string[] {
  const names = ['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', ...(special ? ['MKNOD', 'SETFCAP'] : [])]
  return names.flatMap(name => ['--cap-add', name])
}

/** Runs a script in a container. It ends with its `docker` process, and so with piko, however that ends. */
export async function runInside(
  context: VolumesContext,
  { image, mounts, script, words, special }: Script,
  options: ExecOptions = {},
): Promise<void> {
  const own = [...startedAs(special), ...labelled(ownerOf(context))]
  const command = [...mountWords(mounts), '--entrypoint', 'sh', image, '-c', bound(script), 'piko', ...words]
  await runDocker(context, ['run', ...own, ...command], { ...options, from: forever() })
}

/** Runs a script in a container that reads these bytes from stdin and ends with them. */
export async function feed(
  context: VolumesContext,
  {
    image,
    mounts,
    script,
    from,
    special,
  }: Omit<Script, 'words'> & { readonly from: AsyncIterable<Uint8Array> },
): Promise<void> {
  const own = [...startedAs(special), ...labelled(ownerOf(context))]
  const command = [...mountWords(mounts), '--entrypoint', 'sh', image, '-c', script]
  await runDocker(context, ['run', ...own, ...command], { from })
}

function startedAs(special: boolean | undefined): readonly string[] {
  return [...isolated, ...rights(special), '--rm', '--interactive', '--user', '0:0']
}

/**
 * A container's first process ignores signals by default. So the script runs next to a process that waits for the end
 * of stdin or SIGTERM, and then kills everything.
 */
function bound(script: string): string {
  return [
    'exec 5<&0',
    "trap 'kill -9 -1; exit 143' TERM",
    '(cat <&5 >/dev/null; kill -9 -1) &',
    `(\n${script}\n) 5<&- </dev/null &`,
    'wait $!',
  ].join('\n')
}

/** A stdin that stays open as long as this process lives. */
async function* forever(): AsyncGenerator<Uint8Array, void, undefined> {
  await new Promise<void>(() => undefined)
  yield new Uint8Array()
}

/** Removes helpers left by a killed piko. */
export async function removeHelpers(context: VolumesContext): Promise<void> {
  const ids = await fetchOwnIds(context, ownerOf(context), [`${mark}=volumes`])
  if (ids.length > 0) await runDocker(context, ['rm', '-f', '-v', ...ids])
}

export function isHelper(labels: Readonly<Record<string, string>>): boolean {
  return labels[mark] === 'volumes'
}

function labelled(owner: Owner): readonly string[] {
  const labels = { ...labelsOf(owner), [mark]: 'volumes' }
  return Object.entries(labels).flatMap(([key, value]) => ['--label', `${key}=${value}`])
}

/** `volume-nocopy`: the image's files at that path are not copied into the volume. */
function mountWords(mounts: readonly Mounted[]): readonly string[] {
  return mounts.flatMap(({ volume, path, readOnly }) => {
    const access = readOnly ? ',readonly' : ''
    return ['--mount', `type=volume,src=${volume},dst=${path},volume-nocopy${access}`]
  })
}
