import { bytesText } from '@piko/sdk'
import { link, mkdir, rm } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fetchOwn, type OwnVolume } from '../choice/own.js'
import type { VolumesContext } from '../context.js'
import { fetchWriters } from '../engine/containers.js'
import { removeHelpers } from '../engine/helper.js'
import { fetchImages, findImage } from '../engine/images.js'
import { archiveErrors } from '../errors/archive.js'
import { volumeErrors } from '../errors/volumes.js'
import { whileHalted } from '../halt/halt.js'
import { startMeter } from '../output/meter.js'
import { lostByArchive } from '../copy/by-archive.js'
import { checkArchive } from './check.js'
import { choosePacking, endingOf, pack, type Packing } from './compress.js'
import type { Manifest } from './manifest.js'
import { writeArchive } from './write.js'

export type Backup = {
  readonly file: string
  readonly volumes: readonly string[]
  /** Size of the uncompressed data. */
  readonly bytes: number
}

/**
 * Saves the volumes of an environment to one archive, verifies it, and only then gives it its final name. Containers
 * that write to the volumes are all paused together meanwhile, so that the backup is consistent.
 */
export async function backupEnvironment(
  context: VolumesContext,
  { to, only = [] }: { readonly to?: string | undefined; readonly only?: readonly OwnVolume[] },
): Promise<Backup> {
  const own = (only.length > 0 ? only : await fetchOwn(context)).filter(({ isThere }) => isThere)
  if (own.length === 0) throw volumeErrors.VOLUMES_NOT_MADE({ environment: context.environment.name })
  const packing = await choosePacking(context, to)
  const file = to ?? defaultFile(context, packing)
  if (existsSync(file)) throw archiveErrors.VOLUMES_FILE_EXISTS({ file })
  const part = `${file}.part`
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  try {
    await rm(part, { force: true })
    await removeHelpers(context)
    const bytes = await save(context, { own, part, packing })
    await checkArchive(context, part)
    await link(part, file) // unlike a rename, this overwrites nothing
    context.say(`✓ Backup of ${context.environment.name}: ${file} (${bytesText(bytes)} of data)`)
    return { file, volumes: own.map(({ key }) => key), bytes }
  } catch (cause) {
    context.signal.throwIfAborted()
    throw archiveErrors.VOLUMES_BACKUP_FAILED({ file, cause })
  } finally {
    await rm(part, { force: true })
  }
}

function defaultFile({ project, environment }: VolumesContext, packing: Packing): string {
  const time = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '')
  const folder = resolve(project.root, '.piko/backups')
  const named = (tail: string) => join(folder, `${environment.name}-${time}${tail}${endingOf[packing]}`)
  for (let count = 2, file = named(''); ; count += 1) {
    if (!existsSync(file)) return file
    file = named(`-${count}`)
  }
}

interface Saving {
  readonly own: readonly OwnVolume[]
  readonly part: string
  readonly packing: Packing
}

async function save(context: VolumesContext, { own, part, packing }: Saving): Promise<number> {
  const volumes = own.map(({ volume }) => volume.engineName)
  const images = await fetchImages(context, volumes)
  const withTar = await findImage(context, images, 'gnu')
  const meter = startMeter(context, 'backup')
  const [links, specials]: [string[], string[]] = [[], []]
  const manifest = manifestOf(context, { own, how: withTar ? 'tar' : 'archive' })
  const noting = {
    onLink: (name: string) => void links.push(name),
    onSpecial: (name: string) => void specials.push(name),
  }
  const containers = await fetchWriters(context, volumes)
  await whileHalted(context, {
    containers,
    because: 'while the backup was made',
    work() {
      const bytes = writeArchive(context, { manifest, image: images[0], withTar, meter, ...noting })
      return pack(context, { bytes, file: part, packing })
    },
  })
  if (!withTar) context.say(`! Not in the backup, since no image here has a GNU tar: ${lostByArchive}`)
  if (links.length > 0)
    context.say(`! ${links.length} symbolic links lead out of their volumes; restoring them needs --links`)
  if (specials.length > 0)
    context.say(`! ${specials.length} devices, pipes or setuid programs; restoring them needs --special`)
  return meter.bytes
}

function manifestOf(
  { project, environment }: VolumesContext,
  { own, how }: { readonly own: readonly OwnVolume[]; readonly how: 'tar' | 'archive' },
): Manifest {
  return {
    version: 1,
    project: project.name,
    environment: environment.name,
    branch: environment.branch,
    created: new Date().toISOString(),
    volumes: own.map(({ key, volume }) => ({ key, name: volume.engineName, how })),
  }
}
