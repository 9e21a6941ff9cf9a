import { type Model, overrideSlot } from '../contract.js'
import type { Looking } from '../docker.js'
import { engineErrors } from '../errors/engine.js'
import { requireModel } from '../model/require.js'
import { assignedNames, mergeFilled, removedServices } from '../override/merge.js'
import { fetchNetworks } from './networks.js'
import { fetchVolumes } from './volumes.js'
import type { SiteLook } from '../site.js'

type Context = Looking & Pick<SiteLook, 'collect' | 'environment'>

/** Checks that external networks and volumes exist. Compose checks only in `up`, with some services already running. */
export async function requireExternals(context: Context): Promise<void> {
  const model = requireModel(context)
  const fragment = mergeFilled(context.collect(overrideSlot, model))
  const removed = removedServices(fragment)
  const services = Object.entries(model.services).filter(([name, { active }]) => active && !removed.has(name))
  for (const { kind, fetch, code } of kinds) {
    const given = assignedNames(fragment, `${kind}s`)
    const wanted = Object.entries(model[`${kind}s`]).flatMap(([key, { external, name }]) => {
      const users = services.filter(([, service]) => uses(service, kind, key)).map(([user]) => user)
      return external && users.length > 0 && !given.has(key) ? [{ name, users }] : []
    })
    const found = await fetch(
      context,
      wanted.map(({ name }) => name),
    )
    const missing = wanted.find(({ name }) => !found.some(other => other.name === name))
    if (missing) throw engineErrors[code](missing)
  }
}

const kinds = [
  { kind: 'network', fetch: fetchNetworks, code: 'COMPOSE_NETWORK_MISSING' },
  { kind: 'volume', fetch: fetchVolumes, code: 'COMPOSE_VOLUME_MISSING' },
] as const

function uses(service: Model['services'][string], kind: 'network' | 'volume', key: string): boolean {
  if (kind === 'network') return key in service.networks
  return service.mounts.some(({ type, source }) => type === 'volume' && source === key)
}
