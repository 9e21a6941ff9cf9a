import type { PortRequest } from '@piko/sdk'
import type { Model, Port, Service } from '../contract.js'
import { leasedProtocol } from './read-service.js'

/** The ports to request from core: a host port for every published port, except where piko cannot fix it. */
export function portRequests(model: Model, removed: ReadonlySet<string>): readonly PortRequest[] {
  return Object.entries(model.services).flatMap(([name, service]) =>
    removed.has(name) || !isFixable(service) ? [] : service.ports.map(requestOf),
  )
}

export function withPorts(
  model: Model,
  leased: { readonly ports: Readonly<Record<string, number>>; readonly removed: ReadonlySet<string> },
): Model {
  const services = Object.entries(model.services).map(([name, service]) => {
    if (leased.removed.has(name) || !isFixable(service)) return [name, service] as const
    const ports = service.ports.map(port => {
      const assigned = leased.ports[leaseKey(port)]
      return assigned === undefined ? port : { ...port, assigned }
    })
    return [name, { ...service, ports }] as const
  })
  return { ...model, services: Object.fromEntries(services) }
}

/** One host port cannot serve several replicas, and a service without its own network publishes nothing. */
export function isFixable({ replicas, networkMode = '' }: Service): boolean {
  return replicas <= 1 && !/^(host|none|service:.*|container:.*)$/.test(networkMode)
}

function requestOf(port: Port): PortRequest {
  const preferred = Number(port.published?.split('-')[0])
  const request = { service: port.leasedAs, port: port.target, protocol: leasedProtocol(port.protocol) }
  return preferred > 0 ? { ...request, preferred } : request
}

function leaseKey({ leasedAs, target, protocol }: Port): string {
  return `${leasedAs}:${target}/${leasedProtocol(protocol)}`
}
