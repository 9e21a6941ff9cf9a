import { access, constants, lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { modelFact } from '../contract.js'
import { runDocker } from '../docker.js'
import { fetchWorkImages } from '../engine/images.js'
import { mountedFolders } from './mounts.js'
import type { SiteContext } from '../site.js'

type Context = SiteContext

/**
 * Containers that run as root leave folders in the worktree that the user can neither empty nor remove. A container
 * opens them so that `destroy` leaves nothing. If that fails, the removal of the worktree reports it.
 */
export async function unlockWorktree(context: Context): Promise<void> {
  const model = context.fact(modelFact)
  if (!model) return
  const roots = new Set(mountedFolders(model, context.environment.path).map(({ source }) => source))
  const locked = new Set<string>()
  for (const root of roots) for (const folder of await findLocked(root)) locked.add(folder)
  if (locked.size === 0) return
  const images = await fetchWorkImages(context, Object.values(model.services))
  for (const folder of locked) await open(context, folder, images)
}

/** The topmost folders that belong to another user and that this user cannot empty. */
async function findLocked(folder: string): Promise<readonly string[]> {
  const entry = await lstat(folder).catch(() => undefined)
  if (!entry?.isDirectory()) return []
  if (!(await canEmpty(folder))) return entry.uid === process.geteuid?.() ? [] : [folder]
  const entries = await readdir(folder, { withFileTypes: true })
  const inner = entries.filter(one => one.isDirectory()).map(({ name }) => findLocked(join(folder, name)))
  return (await Promise.all(inner)).flat()
}

function canEmpty(folder: string): Promise<boolean> {
  return access(folder, constants.R_OK | constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  )
}

async function open(context: Context, folder: string, images: readonly string[]): Promise<void> {
  const mount = `type=bind,src=${folder},dst=/piko`
  for (const image of images) {
    const shut = ['--rm', '--network', 'none', '--pull', 'never', '--user', '0:0', '--workdir', '/']
    const rights = ['--cap-drop', 'ALL', '--cap-add', 'FOWNER', '--cap-add', 'DAC_OVERRIDE']
    const words = [
      'run',
      ...shut,
      ...rights,
      '--mount',
      mount,
      '--entrypoint',
      'chmod',
      image,
      '-R',
      'a+rwX',
      '/piko',
    ]
    const { exitCode } = await runDocker(context, words, { allowFailure: true })
    if (exitCode === 0) return
  }
}
