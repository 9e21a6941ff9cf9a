import type { Json } from '@piko/sdk'
import { type Change, type Override, type Port, replace, type Service } from '../contract.js'
import { isFixable } from '../model/ports.js'
import { type Rule, servicesPart } from './rule.js'

/** Ports are published on this environment's host ports, on the loopback address unless the file names another. */
export const ports: Rule = {
  changes:
    'A published port gets the host port that this environment has leased, on 127.0.0.1 unless the file names an address; protocols, ranges and several ports of one service are kept. A service with replicas gets free ports that Docker chooses',
  because: 'a host port can be published once',
  see: '`piko status NAME`; `PIKO_SERVICE_PORT` in `piko env NAME`',
  apply({ services }, { bind }) {
    const overrides: Record<string, Override> = {}
    const changes: Change[] = []
    for (const [name, service] of Object.entries(services)) {
      if (service.ports.length === 0) continue
      overrides[name] = { ports: replace(service.ports.map(port => published(port, bind))) }
      for (const port of service.ports) changes.push(changeOf(port, { name, service, bind }))
    }
    return servicesPart(overrides, changes)
  },
}

function published(port: Port, bind: string): Json {
  const host = port.assigned === undefined ? {} : { published: String(port.assigned) }
  return portEntry(port, { ...host, host_ip: port.hostIp ?? bind })
}

/** A port in the long form of a Compose file. */
export function portEntry(port: Port, host: { readonly [key: string]: Json }): Json {
  return {
    ...(port.name === undefined ? {} : { name: port.name }),
    ...(port.mode === undefined ? {} : { mode: port.mode }),
    ...(port.appProtocol === undefined ? {} : { app_protocol: port.appProtocol }),
    target: port.target,
    ...host,
    protocol: port.protocol,
  }
}

function changeOf(
  port: Port,
  { name, service, bind }: { readonly name: string; readonly service: Service; readonly bind: string },
): Change {
  return {
    service: name,
    what: `port ${port.target}/${port.protocol}`,
    from: address(port.hostIp, port.published ?? 'a free port'),
    to: address(port.hostIp ?? bind, port.assigned === undefined ? 'a free port' : String(port.assigned)),
    because: reasonFor(port, service),
  }
}

function reasonFor(port: Port, service: Service): string {
  if (port.assigned !== undefined) return 'a host port can be published once'
  if (service.networkMode === 'host') return 'host networking publishes nothing'
  if (!isFixable({ ...service, replicas: 1 })) return 'it has no network of its own, and publishes nothing'
  return `${service.replicas} replicas cannot share a host port`
}

function address(host: string | undefined, port: string): string {
  if (host === undefined) return port
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}
