import { type Change, type Model, type Override, replace, type Service } from '../contract.js'
import { type Rule, servicesPart } from './rule.js'

/** `container:NAME` of a container of this very project would reach into another environment: it becomes the service. */
export const containerReferences: Rule = model => {
  const overrides: Record<string, Override> = {}
  const changes: Change[] = []
  for (const [name, service] of Object.entries(model.services)) {
    const { override, mended } = mend(model, service)
    if (mended.length === 0) continue
    overrides[name] = override
    const because = 'that container belongs to another copy of the project'
    for (const { what, from, to } of mended) changes.push({ service: name, what, from, to, because })
  }
  return servicesPart(overrides, changes)
}

/** The service of this model that has a container name, if one has. */
export function serviceNamed(model: Model, containerName: string): string | undefined {
  return Object.entries(model.services).find(([, service]) => service.containerName === containerName)?.[0]
}

function mend(model: Model, service: Service) {
  const fields = { network_mode: service.networkMode, pid: service.pid, ipc: service.ipc }
  const mended = Object.entries(fields).flatMap(([what, from]) => {
    const to = from === undefined ? undefined : mendOne(model, from)
    return from === undefined || to === undefined ? [] : [{ what, from, to: `service:${to}` }]
  })
  const override: Record<string, Override[string]> = Object.fromEntries(
    mended.map(({ what, to }) => [what, to]),
  )
  const volumesFrom = service.volumesFrom.map(from => mendOne(model, from) ?? from)
  const from = service.volumesFrom.join(', ')
  if (volumesFrom.join(', ') === from) return { override, mended }
  override['volumes_from'] = replace(volumesFrom)
  return { override, mended: [...mended, { what: 'volumes_from', from, to: volumesFrom.join(', ') }] }
}

/** `container:db:ro` gives `postgres:ro` where the service `postgres` has the container name `db`. */
function mendOne(model: Model, reference: string): string | undefined {
  const [kind, name, ...mode] = reference.split(':')
  if (kind !== 'container' || name === undefined) return undefined
  const service = serviceNamed(model, name)
  return service === undefined ? undefined : [service, ...mode].join(':')
}
