import { type Model, overrideSlot } from '../contract.js'
import type { Looking } from '../docker.js'
import { engineErrors } from '../errors/engine.js'
import { fileErrors } from '../errors/files.js'
import { isOwned, ownerOf } from '../labels.js'
import { requireModel } from '../model/require.js'
import { assignedNames, mergeFilled, removedServices } from '../override/merge.js'
import { containersOf } from '../validation/reserved-names.js'
import { fetchContainer } from './containers.js'
import { fetchNetworks } from './networks.js'
import { fetchVolumes } from './volumes.js'
import type { SiteLook } from '../site.js'

type Situation = Parameters<typeof ownerOf>[0]
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

/** Throws if a network, volume or container outside the project belongs to another environment, by piko's labels. */
export async function refuseOwned(context: Context & Situation): Promise<void> {
  const model = requireModel(context)
  const owner = ownerOf(context)
  const externals = (all: Model['networks' | 'volumes']) =>
    Object.values(all).flatMap(({ external, name }) => (external ? [name] : []))
  const references = [...new Set(Object.values(model.services).flatMap(containersOf))]
  const containers = await Promise.all(references.map(name => fetchContainer(context, name)))
  const found = [
    ...(await fetchNetworks(context, externals(model.networks))).map(one => ({ kind: 'network', ...one })),
    ...(await fetchVolumes(context, externals(model.volumes))).map(one => ({ kind: 'volume', ...one })),
    ...containers.flatMap(one => (one ? [{ kind: 'container', name: one.name, labels: one.labels }] : [])),
  ]
  for (const { kind, name, labels } of found) {
    const { 'dev.piko.root': root, 'dev.piko.environment': environment = '' } = labels
    if (root === undefined || isOwned(labels, owner)) continue
    throw fileErrors.COMPOSE_EXTERNAL_OWNED({
      kind,
      name,
      holder: { root, subject: `environment:${environment}` },
    })
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
