import { modelFact, type Volume } from '@piko/plugin-compose/contract'
import {
  createVolume,
  fetchVolumes,
  isOwned,
  ownerOf,
  usedVolumes,
} from '@piko/plugin-compose/contract/engine'
import type { VolumesContext } from '../context.js'
import { fetchRunning } from '../engine/containers.js'
import { volumeErrors } from '../errors/volumes.js'

/** A volume of the environment. */
export interface OwnVolume {
  readonly key: string
  readonly volume: Volume
  /** Whether it exists on the engine with the environment's labels. */
  readonly isThere: boolean
}

/** The environment's own volumes: created by piko only for it. */
export function ownVolumes(context: VolumesContext): readonly Omit<OwnVolume, 'isThere'>[] {
  const model = context.fact(modelFact)
  if (!model) throw volumeErrors.VOLUMES_NOT_MADE({ environment: context.environment.name })
  return usedVolumes(context, model).flatMap(key => {
    const volume = model.volumes[key]
    return volume ? [{ key, volume }] : []
  })
}

export async function fetchOwn(context: VolumesContext): Promise<readonly OwnVolume[]> {
  const owner = ownerOf(context)
  const volumes = ownVolumes(context)
  const found = await fetchVolumes(
    context,
    volumes.map(({ volume }) => volume.engineName),
  )
  const there = new Set(found.filter(({ labels }) => isOwned(labels, owner)).map(({ name }) => name))
  return volumes.map(({ key, volume }) => ({ key, volume, isThere: there.has(volume.engineName) }))
}

/** The volumes that the words name; without words, all. Throws for an unknown name. */
export function selectOwn(
  { environment }: Pick<VolumesContext, 'environment'>,
  { own, words }: { readonly own: readonly OwnVolume[]; readonly words: readonly string[] },
): readonly OwnVolume[] {
  const known = own.map(({ key }) => key)
  const unknown = words.filter(word => !known.includes(word))
  if (unknown.length > 0)
    throw volumeErrors.VOLUMES_UNKNOWN({ environment: environment.name, unknown, known })
  return words.length === 0 ? own : own.filter(({ key }) => words.includes(key))
}

export async function requireStopped(context: VolumesContext, volumes: readonly OwnVolume[]): Promise<void> {
  const names = volumes.map(({ volume }) => volume.engineName)
  const running = await fetchRunning(context, names)
  if (running.length === 0) return
  const containers = running.map(({ name }) => name)
  throw volumeErrors.VOLUMES_IN_USE({ environment: context.environment.name, containers })
}

export async function makeMissing(context: VolumesContext, volumes: readonly OwnVolume[]): Promise<void> {
  for (const { volume, isThere } of volumes)
    if (!isThere) await createVolume(context, volume, ownerOf(context))
}
