import { modelFact } from '@piko/plugin-compose/contract'
import { fetchVolumes } from '@piko/plugin-compose/contract/engine'
import type { VolumesContext } from '../context.js'
import { sharedFact } from '../contract.js'
import { fetchRunning } from '../engine/containers.js'
import { isHelper } from '../engine/helper.js'
import { volumeErrors } from '../errors/volumes.js'
import { ownVolumes } from './own.js'

export type Listed = {
  readonly key: string
  readonly name: string
  /** `own`: created for this environment. `shared`: the main stack's. `external`: external in the Compose files. */
  readonly kind: 'own' | 'shared' | 'external'
  readonly isThere: boolean
  /** The engine name of the volume it was copied from. */
  readonly copiedFrom?: string
  /** Running containers that mount it. */
  readonly usedBy: readonly string[]
}

/** All volumes of the environment. */
export async function listVolumes(
  context: VolumesContext,
  copies: readonly { readonly volume: string; readonly source: string }[] = [],
): Promise<readonly Listed[]> {
  const model = context.fact(modelFact)
  if (!model) throw volumeErrors.VOLUMES_NOT_MADE({ environment: context.environment.name })
  const shared = Object.entries(context.fact(sharedFact) ?? {})
  const own = ownVolumes(context).map(({ key, volume }) => ({
    key,
    name: volume.engineName,
    kind: 'own' as const,
  }))
  const external = Object.entries(model.volumes).flatMap(([key, volume]) =>
    volume.external ? [{ key, name: volume.name, kind: 'external' as const }] : [],
  )
  const all = [
    ...own,
    ...shared.map(([key, { name }]) => ({ key, name, kind: 'shared' as const })),
    ...external,
  ]
  const names = all.map(({ name }) => name)
  const there = new Set((await fetchVolumes(context, names)).map(({ name }) => name))
  const users = (await fetchRunning(context, names)).filter(({ labels }) => !isHelper(labels))
  const copied = new Map(copies.map(({ volume, source }) => [volume, source]))
  return all.map(each => {
    const from = copied.get(each.name)
    return {
      ...each,
      isThere: there.has(each.name),
      ...(from === undefined ? {} : { copiedFrom: from }),
      usedBy: users
        .filter(({ mounts }) => mounts.some(({ volume }) => volume === each.name))
        .map(({ name }) => name),
    }
  })
}
