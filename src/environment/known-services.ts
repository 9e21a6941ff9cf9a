import type { Json, KnownService } from '@piko/sdk'
import { readFact, writeFact } from '../lifecycle/facts.js'
import { readPorts } from '../ports/lease.js'
import type { Database } from '../state/open.js'
import { subjectOf } from './record.js'

type Services = Readonly<Record<string, KnownService>>

const id = 'core.services'

/** What plugins know about an environment's services, stored so that it can be read without plugins. */
export function saveServices(state: Database, name: string, services: Services): void {
  writeFact(state, subjectOf(name), { id, value: services as Json }) // plain data: strings, numbers, booleans
}

export function readServices(state: Database, name: string): Services {
  // Only `saveServices` writes it.
  return (readFact(state, subjectOf(name), id) ?? {}) as Services
}

/** Host ports by `service:port/protocol`: the environment's, overridden by those of shared services. */
export function readReachablePorts(state: Database, name: string): Readonly<Record<string, number>> {
  const own = Object.entries(readPorts(state, subjectOf(name)))
  const shared = Object.entries(readServices(state, name)).filter(([, { isShared }]) => isShared)
  const isShared = (key: string) => shared.some(([service]) => /^([^:#]*)/.exec(key)?.[1] === service)
  const published = shared.flatMap(([service, { ports = {} }]) =>
    Object.entries(ports).map(([inner, port]) => [`${service}:${inner}`, port] as const),
  )
  return Object.fromEntries([...own.filter(([key]) => !isShared(key)), ...published])
}
