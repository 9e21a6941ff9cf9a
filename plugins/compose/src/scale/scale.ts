import type { Environment, PortRequest } from '@piko/sdk'
import { type Change, type Model, type Override, type Port, replace, type Service } from '../contract.js'
import { scaleErrors } from '../errors/scale.js'
import { isFixable } from '../model/ports.js'
import { portEntry } from '../override/ports.js'

/** Adjacent host ports, one per replica. Docker gives each replica a free one. */
interface PortRow {
  readonly port: Port
  readonly first: number
  readonly last: number
}

export interface Scaled {
  readonly service: string
  readonly replicas: number
  readonly rows: readonly PortRow[]
}

interface Leasing {
  readonly environment: Pick<Environment, 'name' | 'ports'>
  assignPorts(requests: readonly PortRequest[]): Promise<Readonly<Record<string, number>>>
}

/** Leases ports for the requested replicas. A host port serves one container, so the next ports serve the others. */
export async function leaseRows(
  leasing: Leasing,
  { model, requested }: { readonly model: Model; readonly requested: Readonly<Record<string, number>> },
): Promise<readonly Scaled[]> {
  const scaled: Scaled[] = []
  for (const [name, replicas] of Object.entries(requested)) {
    const service = model.services[name]
    if (!service || replicas === service.replicas) continue
    const rows: PortRow[] = []
    const fixed = isFixable(service) && replicas > 1 ? service.ports : []
    for (const port of fixed) rows.push(await leaseRow(leasing, { port, replicas, service: name }))
    scaled.push({ service: name, replicas, rows })
  }
  return scaled
}

/** The ports of each service in the override, with a range instead of one port. */
export function scaleLayer(scaled: readonly Scaled[], bind: string): Override {
  const entries = scaled.map(({ service, replicas, rows }) => {
    const ports = rows.map(({ port, first, last }) =>
      portEntry(port, { published: `${first}-${last}`, host_ip: port.hostIp ?? bind }),
    )
    const count = { scale: replicas, deploy: { replicas } }
    return [service, ports.length === 0 ? count : { ...count, ports: replace(ports) }] as const
  })
  return { services: Object.fromEntries(entries) }
}

export function scaleChanges(scaled: readonly Scaled[], services: Model['services']): readonly Change[] {
  const because = '`piko scale` said so'
  return scaled.flatMap(({ service, replicas, rows }) => [
    { service, what: 'replicas', from: String(replicasOf(services[service])), to: String(replicas), because },
    ...rows.map(({ port, first, last }) => ({
      service,
      what: `port ${port.target}/${port.protocol}`,
      from: String(port.assigned ?? first),
      to: `${first}-${last}`,
      because: 'each replica needs a host port of its own; Docker chooses which has which',
    })),
  ])
}

function replicasOf(service: Service | undefined): number {
  return service?.replicas ?? 1
}

interface Wanted {
  readonly service: string
  readonly port: Port
  readonly replicas: number
}

async function leaseRow(leasing: Leasing, { service, port, replicas }: Wanted): Promise<PortRow> {
  const { assigned, leasedAs, target, protocol } = port
  const facts = { environment: leasing.environment.name, service, replicas, fewer: replicas - 1, target }
  if (assigned === undefined) throw scaleErrors.COMPOSE_SCALE_PORTS({ ...facts, taken: [] })
  const holders = holdersOf(leasing.environment.ports, { leasedAs, protocol })
  const taken = new Map<number, string>()
  for (let first = assigned; first > assigned - replicas; first--) {
    const neighbours = Array.from({ length: replicas }, (_, index) => first + index).filter(
      p => p !== assigned,
    )
    const missing = await firstMissing(leasing, { neighbours, holders, leasedAs, target, protocol })
    if (missing === undefined) return { port, first, last: first + replicas - 1 }
    taken.set(missing.port, missing.holder)
  }
  throw scaleErrors.COMPOSE_SCALE_PORTS({ ...facts, taken: [...taken] })
}

interface Neighbours extends Pick<Port, 'leasedAs' | 'target' | 'protocol'> {
  readonly neighbours: readonly number[]
  readonly holders: ReadonlyMap<number, string>
}

async function firstMissing(leasing: Leasing, request: Neighbours) {
  const { neighbours, holders, leasedAs, target, protocol } = request
  const held = neighbours.find(port => holders.has(port))
  if (held !== undefined) return { port: held, holder: holders.get(held) ?? '' }
  // One key per port: a lease keeps its port, so an unusable port must not use up the replica's key.
  const requests = neighbours.map(preferred => ({
    service: `${leasedAs}@${preferred}`,
    port: target,
    protocol,
    preferred,
    exact: true,
  }))
  const ports = await leasing.assignPorts(requests)
  const unavailable = neighbours.find(port => ports[`${leasedAs}@${port}:${target}/${protocol}`] !== port)
  return unavailable === undefined
    ? undefined
    : { port: unavailable, holder: 'another program, or a block of another environment' }
}

/** The environment's host ports that belong to other services, with their holders. */
function holdersOf(
  ports: Environment['ports'],
  { leasedAs, protocol }: Pick<Port, 'leasedAs' | 'protocol'>,
): ReadonlyMap<number, string> {
  const others = Object.entries(ports).filter(
    ([key]) => key.endsWith(`/${protocol}`) && !key.startsWith(`${leasedAs}@`),
  )
  return new Map(others.map(([key, port]) => [port, key.slice(0, key.lastIndexOf(':')).split('@')[0] ?? key]))
}
