import { runDocker } from '@piko/plugin-compose/contract/engine'
import { isDeepStrictEqual } from 'node:util'
import { fetchOwn, makeMissing, type OwnVolume, requireStopped, selectOwn } from '../choice/own.js'
import type { VolumesContext } from '../context.js'
import { preserveAll } from '../copy/by-tar.js'
import { archiveErrors } from '../errors/archive.js'
import { volumeErrors } from '../errors/volumes.js'
import { stage } from '../swap/target.js'
import { feed, removeHelpers, withHelper } from '../engine/helper.js'
import { fetchImages, findImage } from '../engine/images.js'
import { metered, type Meter, startMeter } from '../output/meter.js'
import { closeStage, finishSwaps, openStage, requireShell, swap } from '../swap/swap.js'
import { end } from '../tar/entry.js'
import { readTar } from '../tar/read.js'
import { checkArchive, type Checked, damaged } from './check.js'
import { unpack } from './compress.js'
import { folderOf } from './manifest.js'
import { startSegment } from './segment.js'

export interface Restoring {
  readonly file: string
  /** Keys of the volumes to restore. Empty means all in the backup. */
  readonly words: readonly string[]
  /** `--force`: accept a backup of another project. */
  readonly force: boolean
  /** `--links`: accept symbolic links that lead out of their volumes. */
  readonly links: boolean
  /** `--special`: accept devices, pipes, and programs with the rights of another user. */
  readonly special: boolean
  /** Called before anything is replaced. Throws to refuse. */
  confirm(what: readonly string[]): Promise<void>
}

export type Restored = {
  readonly file: string
  readonly volumes: readonly string[]
  /** The environment that was backed up. */
  readonly of: string
}

/**
 * Replaces an environment's data with that of a backup. The backup is checked first, and old data is only removed once
 * the new data is complete.
 */
export async function restoreEnvironment(context: VolumesContext, restoring: Restoring): Promise<Restored> {
  const { file } = restoring
  await finishSwaps(context)
  const checked = await checkArchive(context, file)
  const volumes = await chooseVolumes(context, { checked, restoring })
  await requireStopped(context, volumes)
  await requireShell(
    context,
    volumes.map(({ volume }) => volume.engineName),
  )
  await restoring.confirm(volumes.map(({ key }) => key))
  await removeHelpers(context)
  await makeMissing(context, volumes)
  const staged = volumes.map(({ key, volume }) => ({ key, volume: volume.engineName }))
  const meter = startMeter(context, 'restore')
  try {
    for (const each of staged) {
      await openStage(context, each)
      await unpackVolume(context, { ...each, file, checked, meter, special: restoring.special })
    }
  } catch (error) {
    if (!context.signal.aborted) for (const each of staged) await closeStage(context, each)
    throw error
  }
  await swap(context, staged)
  return { file, volumes: staged.map(({ key }) => key), of: checked.manifest.environment }
}

async function chooseVolumes(
  context: VolumesContext,
  { checked, restoring }: { readonly checked: Checked; readonly restoring: Restoring },
): Promise<readonly OwnVolume[]> {
  const { file, words, force, links, special } = restoring
  const { manifest } = checked
  const { name } = context.environment
  const given = [force && '--force', links && '--links', special && '--special'].filter(
    flag => flag !== false,
  )
  const command = `piko volumes restore ${[name, file, ...words, ...given].join(' ')}`
  if (!force && manifest.project !== context.project.name)
    throw archiveErrors.VOLUMES_ARCHIVE_OTHER({ file, ...manifest, command: `${command} --force` })
  if (!links && checked.links.length > 0)
    throw archiveErrors.VOLUMES_ARCHIVE_LINKS({ file, links: checked.links, command: `${command} --links` })
  if (!special && checked.specials.length > 0)
    throw archiveErrors.VOLUMES_ARCHIVE_SPECIAL({
      file,
      specials: checked.specials,
      command: `${command} --special`,
    })
  const own = await fetchOwn(context)
  const inBackup = manifest.volumes.map(({ key }) => key)
  const wanted = selectOwn(context, { own, words }).filter(({ key }) => inBackup.includes(key))
  const known = own.map(({ key }) => key).filter(key => inBackup.includes(key))
  const unknown = (words.length === 0 ? inBackup : words).filter(key => !known.includes(key))
  if (unknown.length > 0 || wanted.length === 0)
    throw archiveErrors.VOLUMES_ARCHIVE_VOLUMES({ file, environment: name, unknown, known })
  return wanted
}

interface Unpacking {
  readonly key: string
  readonly volume: string
  readonly file: string
  readonly checked: Checked
  readonly meter: Meter
  readonly special: boolean
}

async function unpackVolume(context: VolumesContext, unpacking: Unpacking): Promise<void> {
  const { key, volume, file, meter, special } = unpacking
  const images = await fetchImages(context, [volume])
  const withTar = await findImage(context, images, 'gnu')
  try {
    await unpack(context, file, async bytes => {
      const from = metered(onlyVolume(bytes, unpacking), meter)
      if (withTar) await extractByTar(context, { image: withTar, volume, from, special })
      else await extractByArchive(context, { image: images[0], volume, from, special })
    })
  } catch (cause) {
    context.signal.throwIfAborted()
    throw volumeErrors.VOLUMES_COPY_FAILED({ volume: key, source: file, cause })
  }
}

/**
 * One volume's part of the archive. Verifies its checksum again, and passes on no more than its size: the file may have
 * changed since the check.
 */
async function* onlyVolume(
  bytes: AsyncIterable<Uint8Array>,
  { key, file, checked }: Unpacking,
): AsyncGenerator<Uint8Array, void, undefined> {
  const segment = startSegment()
  const folder = folderOf(key)
  let isInside = false
  let left = checked.checksums.volumes[key]?.bytes ?? 0
  for await (const piece of readTar(bytes)) {
    if (piece.kind === 'entry')
      isInside = piece.entry.name === folder || piece.entry.name.startsWith(`${folder}/`)
    if (!isInside) continue
    segment.add(piece)
    left -= piece.raw.length
    if (left < 0) throw damaged(file, 'it has grown since it was checked')
    yield piece.raw
  }
  if (!isDeepStrictEqual(segment.end(), checked.checksums.volumes[key]))
    throw damaged(file, 'it has changed since it was checked')
  yield end
}

interface Extracting {
  readonly image: string
  readonly volume: string
  readonly special: boolean
  /** A tar archive with entries below `volumes/KEY/`. */
  readonly from: AsyncIterable<Uint8Array>
}

/** Names in the archive start with `volumes/KEY`, the same as in the stage. */
function extractByTar(context: VolumesContext, { image, volume, from, special }: Extracting): Promise<void> {
  const script = `exec tar -C /to/${stage} ${preserveAll} --same-owner --same-permissions -xf -`
  return feed(context, { image, mounts: [{ volume, path: '/to' }], script, from, special })
}

function extractByArchive(context: VolumesContext, { image, volume, from }: Extracting): Promise<void> {
  return withHelper(context, { image, mounts: [{ volume, path: '/to' }] }, async id => {
    await runDocker(context, ['cp', '-', `${id}:/to/${stage}`], { from })
  })
}
