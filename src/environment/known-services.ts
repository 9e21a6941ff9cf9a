import type { Json, KnownService } from '@piko/sdk'
import { readFact, readFacts, writeFact } from '../lifecycle/facts.js'
import type { Ports } from '../ports/assign.js'
import { readAllPorts, readPorts } from '../ports/lease.js'
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
export function readReachablePorts(state: Database, name: string): Ports {
  return reachablePorts(readPorts(state, subjectOf(name)), readServices(state, name))
}

/** The same for all environments, by name, with as many queries as for one. */
export function readAllReachablePorts(state: Database): (name: string) => Ports {
  const [ports, services] = [readAllPorts(state), readFacts(state, id)]
  return name => {
    const subject = subjectOf(name)
    return reachablePorts(ports.get(subject) ?? {}, (services.get(subject) ?? {}) as Services)
  }
}

function reachablePorts(ports: Ports, services: Services): Ports {
  const own = Object.entries(ports)
  const shared = Object.entries(services).filter(([, { isShared }]) => isShared)
  const isShared = (key: string) => shared.some(([service]) => /^([^:#]*)/.exec(key)?.[1] === service)
  const published = shared.flatMap(([service, { ports = {} }]) =>
    Object.entries(ports).map(([inner, port]) => [`${service}:${inner}`, port] as const),
  )
  return Object.fromEntries([...own.filter(([key]) => !isShared(key)), ...published])
}
