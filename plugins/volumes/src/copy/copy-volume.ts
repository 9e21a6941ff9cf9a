import { detailsOf } from '@piko/sdk'
import type { VolumesContext } from '../context.js'
import { fetchWriters } from '../engine/containers.js'
import { fetchImages, findImage } from '../engine/images.js'
import { whileHalted } from '../halt/halt.js'
import { type Meter, startMeter } from '../output/meter.js'
import { copyByArchive } from './by-archive.js'
import { copyByPostgres, findPostgres } from './by-postgres.js'
import { copyByTar } from './by-tar.js'
import type { Target } from '../swap/target.js'
import { verifyCopy } from './verify.js'

export interface Copying {
  /** The source's name on the engine. */
  readonly source: string
  readonly target: Target
  /** Compares checksums after the copy. */
  readonly verify: boolean
  /** Removes what a failed method has left, before the next one is tried. */
  clear(): Promise<void>
}

export type Copied = {
  readonly volume: string
  readonly source: string
  /** `tar` preserves everything; `archive` loses some attributes; `postgres` is a base backup. */
  readonly how: 'tar' | 'archive' | 'postgres'
  readonly bytes: number
  readonly seconds: number
}

/**
 * Copies one volume's data. The source is only read. Containers that write to it are halted unless there is a better
 * method.
 */
export async function copyVolume(context: VolumesContext, copying: Copying): Promise<Copied> {
  const { source, target, verify } = copying
  const meter = startMeter(context, `volume ${target.key}`)
  const how =
    (verify ? undefined : await tryPostgres(context, { copying, meter })) ??
    (await copyHalted(context, { copying, meter }))
  const { bytes, seconds } = meter
  return { volume: target.volume, source, how, bytes, seconds: Math.round(seconds * 10) / 10 }
}

interface Way {
  readonly copying: Copying
  readonly meter: Meter
}

async function tryPostgres(
  context: VolumesContext,
  { copying, meter }: Way,
): Promise<'postgres' | undefined> {
  const { source, target } = copying
  const writers = await fetchWriters(context, [source])
  const postgres = await findPostgres(context, { writers, volume: source })
  if (!postgres) return undefined
  try {
    await copyByPostgres(context, { postgres, image: postgres.container.imageId, target, meter })
    return 'postgres'
  } catch (error) {
    context.signal.throwIfAborted()
    context.say(
      `! ${postgres.container.name} cannot make a base backup, so it is paused: ${detailsOf(error)?.details?.at(-1) ?? String(error)}`,
    )
    await copying.clear()
    return undefined
  }
}

async function copyHalted(context: VolumesContext, { copying, meter }: Way): Promise<'tar' | 'archive'> {
  const { source, target, verify } = copying
  // Before anything is halted, so that containers are halted only for the copy.
  const images = await fetchImages(context, [source, target.volume])
  const withTar = await findImage(context, images, 'gnu')
  const containers = await fetchWriters(context, [source])
  const because = `while the volume ${target.key} was copied${verify ? ' and compared' : ''}`
  return whileHalted(context, {
    containers,
    because,
    async work() {
      if (withTar === undefined) await copyByArchive(context, { image: images[0], source, target, meter })
      else await copyByTar(context, { image: withTar, source, target, meter })
      if (verify) await verifyCopy(context, { image: images[0], source, target })
      return withTar === undefined ? 'archive' : 'tar'
    },
  })
}
