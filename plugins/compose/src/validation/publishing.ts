import type { Warning } from '@piko/sdk'
import type { Model, Service } from '../contract.js'
import { isFixable } from '../model/ports.js'
import type { Finding } from './finding.js'

/** Ports that have no fixed address, or none at all. */
export const publishing: Finding = {
  stays: 'the ports of a service with replicas, or of one whose networks are all `internal`',
  because:
    'one host port cannot serve several containers, and Docker publishes nothing from an internal network',
  codes: ['COMPOSE_PORTS_REPLICATED', 'COMPOSE_PORTS_INTERNAL'],
  find: model =>
    Object.entries(model.services).flatMap(([name, service]) => [
      ...replicated(name, service),
      ...unreachable(model, name),
    ]),
}

function replicated(service: string, { replicas, ports }: Service): readonly Warning[] {
  if (replicas <= 1 || ports.length === 0) return []
  const targets = ports.map(({ target }) => target).join(', ')
  const message = `Service ${service} has ${replicas} replicas: Docker chooses the host ports of ${targets} at each start`
  return [{ code: 'COMPOSE_PORTS_REPLICATED', message, hints: ['To see them, run `piko ps`'], service }]
}

function unreachable({ services, networks }: Model, service: string): readonly Warning[] {
  const spec = services[service]
  const keys = Object.keys(spec?.networks ?? {})
  if (!spec || spec.ports.length === 0 || !isFixable(spec) || keys.length === 0) return []
  if (!keys.every(key => networks[key]?.internal)) return []
  const message = `Service ${service} is only on internal networks (${keys.join(', ')}): Docker does not publish its ports`
  return [{ code: 'COMPOSE_PORTS_INTERNAL', message, service }]
}
