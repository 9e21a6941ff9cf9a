import { type Change, type Model, type Override, replace, type Service } from '../contract.js'
import { type Rule, servicesPart } from './rule.js'

/** `container:NAME` of this project would reach into another environment, so it becomes the service. */
export const containerReferences: Rule = {
  changes:
    '`container:NAME` in `network_mode`, `pid`, `ipc` and `volumes_from`, and `external_links`, name the service where they name a container of this project',
  because: 'that container belongs to another copy of the project',
  see: 'the service in `docker-compose.piko.yml`',
  apply(model, { removed }) {
    const overrides: Record<string, Override> = {}
    const changes: Change[] = []
    for (const [name, service] of Object.entries(model.services)) {
      const { override, rewrites } = rewriteService({ model, removed }, service)
      if (rewrites.length === 0) continue
      overrides[name] = override
      const because = 'that container belongs to another copy of the project'
      for (const { what, from, to } of rewrites) changes.push({ service: name, what, from, to, because })
    }
    return servicesPart(overrides, changes)
  },
}

/** The service of this model with this container name, if any. */
export function serviceNamed(model: Model, containerName: string): string | undefined {
  return Object.entries(model.services).find(([, service]) => service.containerName === containerName)?.[0]
}

interface Rewrite {
  readonly what: string
  readonly from: string
  readonly to: string
}

interface Part {
  readonly override: Override
  readonly rewrites: readonly Rewrite[]
}

interface Project {
  readonly model: Model
  readonly removed: ReadonlySet<string>
}

function rewriteService(project: Project, service: Service): Part {
  const { model } = project
  const parts = [rewriteModes(model, service), rewriteVolumes(model, service), rewriteLinks(project, service)]
  const override = Object.assign({}, ...parts.map(part => part.override)) as Override
  return { override, rewrites: parts.flatMap(part => part.rewrites) }
}

function rewriteModes(model: Model, service: Service): Part {
  const fields = { network_mode: service.networkMode, pid: service.pid, ipc: service.ipc }
  const rewrites = Object.entries(fields).flatMap(([what, from]) => {
    const to = from === undefined ? undefined : rewriteReference(model, from)
    return from === undefined || to === undefined ? [] : [{ what, from, to: `service:${to}` }]
  })
  return { override: Object.fromEntries(rewrites.map(({ what, to }) => [what, to])), rewrites }
}

function rewriteVolumes(model: Model, { volumesFrom }: Service): Part {
  const now = volumesFrom.map(from => rewriteReference(model, from) ?? from)
  const [from, to] = [volumesFrom.join(', '), now.join(', ')]
  if (from === to) return { override: {}, rewrites: [] }
  return { override: { volumes_from: replace(now) }, rewrites: [{ what: 'volumes_from', from, to }] }
}

/** `external_links: [shop-db:db]` becomes `links: [database:db]` if `database` has the container name `shop-db`. */
function rewriteLinks({ model, removed }: Project, { externalLinks }: Service): Part {
  const links = externalLinks.map(from => {
    const [container = '', alias = container] = from.split(':')
    const service = serviceNamed(model, container)
    return { from, service, to: service === undefined ? undefined : `${service}:${alias}` }
  })
  const rewrites = links.flatMap(({ from, to }) =>
    to === undefined ? [] : [{ what: 'external_links', from, to: `links ${to}` }],
  )
  if (rewrites.length === 0) return { override: {}, rewrites }
  const left = links.filter(({ to }) => to === undefined).map(({ from }) => from)
  const own = links.flatMap(({ service, to }) =>
    service === undefined || removed.has(service) ? [] : (to ?? []),
  )
  return { override: { external_links: replace(left), ...(own.length > 0 ? { links: own } : {}) }, rewrites }
}

/** `container:db:ro` becomes `postgres:ro` if the service `postgres` has the container name `db`. */
function rewriteReference(model: Model, reference: string): string | undefined {
  const [kind, name, ...mode] = reference.split(':')
  if (kind !== 'container' || name === undefined) return undefined
  const service = serviceNamed(model, name)
  return service === undefined ? undefined : [service, ...mode].join(':')
}
