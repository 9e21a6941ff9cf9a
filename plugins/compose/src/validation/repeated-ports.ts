import type { Model } from '../contract.js'
import { isFixable } from '../model/ports.js'
import type { Finding } from './finding.js'

/** Host ports used by several services: plain Compose could not start them together. */
export const repeatedPorts: Finding = {
  stays: 'a host port that the files give to more than one service',
  because: 'each service gets a host port of its own anyway',
  codes: ['COMPOSE_PORT_REPEATED'],
  find: model => {
    const repeated = findRepeated(model)
    const [first] = repeated
    if (!first) return []
    const others = repeated.length === 1 ? '' : ` (and ${repeated.length - 1} more like it)`
    const message = `${capital(textOf(first))}${others}; each has a port of its own here`
    const [service = ''] = first.services
    const hints =
      first.services.length === 1
        ? []
        : [
            `To run only some of the services, list them in .piko.yml, as in \`compose: { services: [${service}] }\``,
          ]
    return [{ code: 'COMPOSE_PORT_REPEATED', message, hints }]
  },
}

interface Repeated {
  /** `80/tcp`. */
  readonly port: string
  /** Without duplicates: one service may list a port twice. */
  readonly services: readonly string[]
}

function findRepeated(model: Model): readonly Repeated[] {
  const seen: Claimed[] = []
  const services = new Map<string, Set<string>>()
  for (const claim of claimsOf(model)) {
    const twin = seen.find(other => collides(other, claim))
    seen.push(claim)
    if (!twin) continue
    const port = `${claim.port}/${claim.protocol}`
    services.set(port, (services.get(port) ?? new Set([twin.service])).add(claim.service))
  }
  return [...services].map(([port, names]) => ({ port, services: [...names] }))
}

interface Claimed {
  readonly port: string
  readonly protocol: string
  readonly hostIp: string | undefined
  readonly service: string
  readonly target: number
}

function claimsOf({ services }: Model): readonly Claimed[] {
  return Object.entries(services).flatMap(([service, spec]) => {
    if (!spec.active || !isFixable({ ...spec, replicas: 1 })) return []
    return spec.ports.flatMap(({ published, protocol, hostIp, target }) =>
      published === undefined || published.includes('-') || published === '0'
        ? []
        : [{ port: published, protocol, hostIp, service, target }],
    )
  })
}

/** Docker treats a repeated line as one mapping. Different addresses collide only if one of them means all. */
function collides(one: Claimed, other: Claimed): boolean {
  if (one.port !== other.port || one.protocol !== other.protocol) return false
  if (one.service === other.service && one.target === other.target && one.hostIp === other.hostIp)
    return false
  return isEvery(one.hostIp) || isEvery(other.hostIp) || one.hostIp === other.hostIp
}

function isEvery(address: string | undefined): boolean {
  return address === undefined || address === '0.0.0.0' || address === '::'
}

function textOf({ port, services }: Repeated): string {
  const last = services.at(-1) ?? ''
  if (services.length === 1) return `service ${last} publishes host port ${port} twice`
  return `services ${services.slice(0, -1).join(', ')} and ${last} publish the same host port ${port}`
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
