import type { Model } from '../contract.js'
import { replicasOf } from '../model/replicas.js'
import type { RawProject, RawService } from '../model/raw.js'
import type { Built } from './build.js'
import { builtTags } from './images.js'
import { assignedNames, removedServices } from './merge.js'

/** What the merged project still claims that does not belong to this environment. Empty proves isolation. Pure. */
export function findClaims(
  model: Model,
  merged: RawProject,
  { fragment, added }: Pick<Built, 'fragment' | 'added'>,
): readonly string[] {
  const removed = removedServices(fragment)
  const unselected = (model.selection?.unselected ?? []).filter(name => name in merged.services)
  return [
    ...unselected.map(name => `service ${name} is present but not selected`),
    ...Object.entries(model.services).flatMap(([name, service]) => {
      const now = merged.services[name]
      if (now) return serviceClaims(model, { name, now })
      return removed.has(name) || !service.active ? [] : [`service ${name} is gone`]
    }),
    ...claimedNames('network', {
      was: model.networks,
      is: merged.networks,
      given: assignedNames(fragment, 'networks'),
    }),
    ...claimedNames('volume', {
      was: model.volumes,
      is: Object.fromEntries(Object.entries(merged.volumes).filter(([, { name }]) => !added.has(name))),
      given: assignedNames(fragment, 'volumes'),
    }),
  ]
}

interface Looked {
  readonly name: string
  readonly now: RawService
}

function serviceClaims(model: Model, { name, now }: Looked): readonly string[] {
  const service = model.services[name]
  const problems: string[] = []
  const ours = service?.engineName ?? name
  if (now.container_name !== undefined && now.container_name !== `${ours}-1`) {
    problems.push(`service ${name} has the container name ${now.container_name}`)
  }
  const assigned = new Set(service?.ports.flatMap(port => port.assigned ?? []).map(String))
  for (const { published } of now.ports ?? []) {
    const isOwn = published === undefined || published === '' || assigned.has(published)
    if (!isOwn)
      problems.push(`service ${name} publishes the host port ${published}, which is not this environment's`)
  }
  if (replicasOf(now) > 1 && now.container_name !== undefined)
    problems.push(`service ${name} has replicas and a name`)
  if (now.network_mode === 'host' && service?.networkMode !== 'host') {
    problems.push(`service ${name} uses host networking`)
  }
  const tags = new Set([...builtTags(model).values(), ours])
  if (now.build && now.image !== undefined && !tags.has(now.image)) {
    problems.push(`service ${name} builds the image ${now.image}, which is not this environment's`)
  }
  return problems
}

interface Naming {
  readonly external: boolean
  readonly engineName: string
}

interface Names {
  readonly was: Readonly<Record<string, Naming>>
  readonly is: Readonly<Record<string, { readonly name: string }>>
  readonly given: ReadonlyMap<string, string>
}

function claimedNames(kind: string, { was, is, given }: Names): readonly string[] {
  return Object.entries(is).flatMap(([key, { name }]) =>
    name === was[key]?.engineName || name === given.get(key) ? [] : [`${kind} ${key} is ${name}`],
  )
}
