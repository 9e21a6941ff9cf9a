import type { PortRequest } from '@piko/sdk'
import { portErrors } from '../errors/ports.js'
import { type Block, leaseBlock, type PortRange, readBlocks } from '../leases/blocks.js'
import type { Owner } from '../leases/owner.js'
import type { Database } from '../state/open.js'
import { type Assigned, assignPorts, firstChoice, portKey, type Ports } from './assign.js'
import type { Moved } from './moved.js'
import { probeTaken } from './probe.js'

export interface PortLease {
  readonly state: Database
  readonly machine: Database
  readonly owner: Owner
  /** The number that decides the first block: an environment's id, or 0 for the project. */
  readonly block: number
  readonly range: PortRange
  readonly pinned: Ports
  /** Called for each port that is not the first choice because that one was taken. */
  onMoved?(moved: Moved): void
}

/**
 * Assigns host ports, leasing more blocks if needed, and records them. Existing assignments are kept unless the user
 * requests another port.
 */
export async function leasePorts(lease: PortLease, requests: readonly PortRequest[]): Promise<Ports> {
  const assigned = withoutPinned(readPorts(lease.state, lease.owner.subject), lease.pinned)
  const taken = new Set(readOthers(lease))
  const programs = new Set<string>()
  await refuseTakenPins(lease, { assigned, taken })
  for (;;) {
    const before = taken.size
    const blocks = readBlocks(lease.machine, lease.owner)
    const result = assignPorts({ requests, assigned, blocks, taken, pinned: lease.pinned })
    const probed = await probeTaken(newPorts(result, assigned))
    const isComplete = probed.size === 0 && result.unplaced.length === 0
    const raced = isComplete ? record(lease, result.ports) : new Set<string>()
    if (isComplete && raced.size === 0) {
      reportMoved(lease, {
        requests: newRequests(requests, assigned),
        ports: result.ports,
        blocks,
        taken,
        programs,
      })
      return result.ports
    }
    for (const port of probed) programs.add(port)
    for (const port of [...probed, ...raced]) taken.add(port)
    if (taken.size > before) continue
    leaseBlock(lease.machine, { owner: lease.owner, id: lease.block, range: lease.range })
  }
}

interface Outcome {
  readonly requests: readonly PortRequest[]
  readonly ports: Ports
  readonly blocks: readonly Block[]
  readonly taken: ReadonlySet<string>
  /** The part of `taken` that programs use. */
  readonly programs: ReadonlySet<string>
}

/** Reports why a new port is not the first choice. Ports taken by the same environment are not reported. */
function reportMoved(lease: PortLease, { requests, ports, blocks, taken, programs }: Outcome): void {
  const [block] = blocks
  if (!block || !lease.onMoved) return
  for (const request of requests) {
    const [wanted, given] = [firstChoice(request, block), ports[portKey(request)]]
    const place = `${wanted}/${request.protocol}`
    if (request.exact || given === undefined || given === wanted || !taken.has(place)) continue
    const by = programs.has(place) ? 'another program' : 'another environment'
    lease.onMoved({ service: request.service, port: request.port, wanted, given, by })
  }
}

function newRequests(requests: readonly PortRequest[], assigned: Ports): readonly PortRequest[] {
  return requests.filter(request => !(portKey(request) in assigned))
}

export function readPorts(state: Database, subject: string): Ports {
  const sql = 'SELECT * FROM ports WHERE subject = ? ORDER BY service, port, protocol'
  return Object.fromEntries((state.prepare(sql).all(subject) as PortRow[]).map(portEntry))
}

/** The ports of all subjects, by subject. */
export function readAllPorts(state: Database): ReadonlyMap<string, Ports> {
  const rows = state.prepare('SELECT * FROM ports ORDER BY service, port, protocol').all() as PortRow[]
  const entries = new Map<string, (readonly [string, number])[]>()
  for (const row of rows) entries.set(row.subject, [...(entries.get(row.subject) ?? []), portEntry(row)])
  return new Map([...entries].map(([subject, ports]) => [subject, Object.fromEntries(ports)]))
}

// The table is STRICT.
interface PortRow {
  readonly subject: string
  readonly service: string
  readonly port: number
  readonly protocol: string
  readonly host_port: number
}

function portEntry({ service, port, protocol, host_port: host }: PortRow): readonly [string, number] {
  return [`${service}:${port}/${protocol}`, host]
}

function isLeasedByOthers({ machine, owner }: PortLease, port: number): boolean {
  const sql =
    'SELECT 1 FROM blocks WHERE ? BETWEEN base AND base + size - 1 AND NOT (project = ? AND owner = ?)'
  return machine.prepare(sql).get(port, owner.project, owner.subject) !== undefined
}

function readOthers(lease: PortLease): readonly string[] {
  return lease.state
    .prepare("SELECT host_port || '/' || protocol FROM ports WHERE subject <> ?")
    .pluck()
    .all(lease.owner.subject) as string[]
}

function withoutPinned(assigned: Ports, pinned: Ports): Ports {
  const isKept = ([key, port]: [string, number]) => pinned[key] === undefined || pinned[key] === port
  return Object.fromEntries(Object.entries(assigned).filter(isKept))
}

function newPorts({ ports }: Assigned, assigned: Ports): readonly string[] {
  const entries = Object.entries(ports).filter(([key]) => !(key in assigned))
  return entries.map(hostPort)
}

async function refuseTakenPins(
  lease: PortLease,
  { assigned, taken }: { readonly assigned: Ports; readonly taken: ReadonlySet<string> },
): Promise<void> {
  for (const [key, port] of Object.entries(lease.pinned)) {
    if (assigned[key] === port) continue
    const text = hostPort([key, port])
    if (taken.has(text)) throw portErrors.PORT_TAKEN({ key, port, by: 'another environment of this project' })
    if (isLeasedByOthers(lease, port))
      throw portErrors.PORT_TAKEN({ key, port, by: 'the block of another environment' })
    if ((await probeTaken([text])).size > 0) throw portErrors.PORT_TAKEN({ key, port, by: 'another program' })
  }
}

/** Records the ports. If some were taken in the meantime, records nothing and returns those. */
function record(lease: PortLease, ports: Ports): ReadonlySet<string> {
  const insert = lease.state.prepare(
    'INSERT OR IGNORE INTO ports (subject, service, port, protocol, host_port) VALUES (?, ?, ?, ?, ?)',
  )
  const work = lease.state.transaction(() => {
    const others = new Set(readOthers(lease))
    const raced = Object.entries(ports)
      .map(hostPort)
      .filter(port => others.has(port))
    if (raced.length > 0) return new Set(raced)
    for (const [key, host] of Object.entries(ports)) {
      const [, service, port, protocol] = /^(.*):(\d+)\/(\w+)$/.exec(key) ?? []
      insert.run(lease.owner.subject, service, Number(port), protocol, host)
    }
    return new Set<string>()
  })
  return work.immediate()
}

/** Removes the ports of a subject that no longer exists. Its blocks belong to the registry. */
export function forgetPorts(state: Database, subject: string): void {
  state.prepare('DELETE FROM ports WHERE subject = ?').run(subject)
}

function hostPort([key, port]: readonly [string, number]): string {
  return `${port}${key.slice(key.lastIndexOf('/'))}`
}
