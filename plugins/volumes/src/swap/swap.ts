import type { VolumesContext } from '../context.js'
import { volumeErrors } from '../errors/volumes.js'
import { stage } from './target.js'
import { runInside } from '../engine/helper.js'
import { fetchImages, findImage } from '../engine/images.js'

/**
 * Replaces old data with new. Both are in the volume, so nothing is copied: old data is moved into one folder, new data
 * out of another. A volume recorded here has complete new data, and an interrupted script can be run again from any
 * point with the same result.
 */

export interface Staged {
  readonly key: string
  /** The volume's name on the engine. */
  readonly volume: string
}

const old = '.piko-replaced'

/**
 * `.done`, with the timestamp of the new folder, marks that the old data has been moved away: everything else is new.
 */
const swapScript = `cd "$1" || exit 1
in=${stage}/volumes/$2
out=${old}
[ -d "$in" ] || exit 0
move() {
  for name in "$1"/* "$1"/.[!.]* "$1"/..?*; do
    case "\${name##*/}" in ${stage}|${old}) continue ;; esac
    if [ -e "$name" ] || [ -L "$name" ]; then mv -- "$name" "$2"/ || exit 1; fi
  done
}
if [ ! -e ${stage}/.done ]; then
  mkdir -p "$out" && move . "$out" || exit 1
  touch -r "$in" ${stage}/.done
fi
chown "$(stat -c '%u:%g' "$in")" . && chmod "$(stat -c '%a' "$in")" . || exit 1
time=$(stat -c %Y ${stage}/.done)
move "$in" . || exit 1
rm -rf "$out" ${stage}
touch -d "@$time" . || :`

/** An image with a shell that can run the script. Throws `VOLUMES_NO_SHELL`. */
export async function requireShell(context: VolumesContext, volumes: readonly string[]): Promise<string> {
  const image = await findImage(context, await fetchImages(context, volumes), 'shell')
  if (image === undefined) throw volumeErrors.VOLUMES_NO_SHELL({ environment: context.environment.name })
  return image
}

/** Creates an empty folder for new data. */
export async function openStage(context: VolumesContext, { key, volume }: Staged): Promise<void> {
  const image = await requireShell(context, [volume])
  const script = `cd "$1" && rm -rf ${stage} && mkdir -p ${stage}/volumes/"$2"`
  await runInside(context, { image, mounts: [{ volume, path: '/to' }], script, words: ['/to', key] })
}

/** Removes incomplete new data. */
export async function closeStage(context: VolumesContext, { volume }: Staged): Promise<void> {
  const image = await requireShell(context, [volume])
  const script = `rm -rf "$1"/${stage}`
  await runInside(context, { image, mounts: [{ volume, path: '/to' }], script, words: ['/to'] })
}

/** Swaps all volumes. Records them first, so that the next command resumes an interrupted swap. */
export async function swap(context: VolumesContext, staged: readonly Staged[]): Promise<void> {
  const { name } = context.environment
  const sql = 'INSERT OR REPLACE INTO volumes_swaps (environment, volume) VALUES (?, ?)'
  context.transaction(tables => {
    for (const each of staged) tables.run(sql, name, JSON.stringify(each))
  })
  await finishSwaps(context)
}

export function readSwaps({
  read,
  environment,
}: Pick<VolumesContext, 'read' | 'environment'>): readonly Staged[] {
  const sql = 'SELECT volume FROM volumes_swaps WHERE environment = ? ORDER BY volume'
  const rows = read(tables => tables.all(sql, environment.name))
  return rows.map(row => JSON.parse(String(row['volume'])) as Staged) // written above
}

export async function finishSwaps(context: VolumesContext): Promise<void> {
  for (const staged of readSwaps(context)) {
    const { key, volume } = staged
    context.progress(`putting the new data of ${key} in place`)
    const image = await requireShell(context, [volume])
    const mounts = [{ volume, path: '/to' }]
    await runInside(context, { image, mounts, script: swapScript, words: ['/to', key] })
    const sql = 'DELETE FROM volumes_swaps WHERE environment = ? AND volume = ?'
    context.transaction(tables => tables.run(sql, context.environment.name, JSON.stringify(staged)))
  }
}

/** Forgets the swaps of removed volumes. */
export function forgetSwaps({
  transaction,
  environment,
}: Pick<VolumesContext, 'transaction' | 'environment'>): void {
  transaction(tables => tables.run('DELETE FROM volumes_swaps WHERE environment = ?', environment.name))
}
