import type { Planned } from '@piko/sdk'
import { engineErrors } from '../errors/engine.js'
import { isOwned, ownerOf } from '../labels.js'
import type { SiteLook } from '../site.js'
import { fetchNetworks } from './networks.js'
import { fetchVolumes } from './volumes.js'

type Kind = keyof typeof fetchers

const fetchers = { network: fetchNetworks, volume: fetchVolumes }

const foreignCodes = { network: 'COMPOSE_NETWORK_FOREIGN', volume: 'COMPOSE_VOLUME_FOREIGN' } as const

export interface Compared<Wanted> {
  readonly existing: readonly string[]
  readonly missing: readonly Wanted[]
}

/** Finds which of these exist on the engine and which are missing. Throws if one belongs to something else. */
export async function compareWanted<Wanted extends { readonly engineName: string }>(
  context: SiteLook,
  kind: Kind,
  wanted: readonly Wanted[],
): Promise<Compared<Wanted>> {
  const owner = ownerOf(context)
  const names = wanted.map(({ engineName }) => engineName)
  const found = await fetchers[kind](context, names)
  const foreign = found.find(({ labels }) => !isOwned(labels, owner))
  if (foreign) throw engineErrors[foreignCodes[kind]]({ name: foreign.name, environment: owner.environment })
  const existing = found.map(({ name }) => name)
  return { existing, missing: wanted.filter(({ engineName }) => !existing.includes(engineName)) }
}

export function planMissing(kind: Kind, { missing }: Compared<{ readonly engineName: string }>): Planned {
  if (missing.length === 0) return { action: 'nothing', because: `every ${kind} exists` }
  const names = missing.map(({ engineName }) => engineName).join(', ')
  return { action: 'change', because: `missing: ${names}` }
}
