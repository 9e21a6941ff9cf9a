import { variableWord } from '@piko/sdk'
import type { Model, Port } from './model.js'

export interface PortVariable {
  readonly name: string
  readonly service: string
  readonly port: number
  /** The service that already has this name: `a-b` and `a_b` produce the same variable. */
  readonly twin?: string
}

/** `PIKO_WEB_PORT` for a service's first port, and `PIKO_WEB_PORT_80`, `PIKO_DNS_PORT_53_UDP` for each. */
export function variableNames(model: Model | undefined): readonly PortVariable[] {
  const owners = new Map<string, string>()
  return Object.entries(model?.services ?? {}).flatMap(([service, { ports }]) => {
    const prefix = `PIKO_${variableWord(service)}_PORT`
    const named = ports.flatMap(port => namesFor(port, prefix))
    const [first] = named
    const all = first ? [{ name: prefix, port: first.port }, ...named] : []
    return all.flatMap(({ name, port }) => {
      const owner = owners.get(name)
      owners.set(name, owner ?? service)
      if (owner === undefined) return [{ name, service, port }]
      return owner === service ? [] : [{ name, service, port, twin: owner }]
    })
  })
}

function namesFor(port: Port, prefix: string): readonly { readonly name: string; readonly port: number }[] {
  if (port.assigned === undefined) return []
  const suffix = port.protocol === 'tcp' ? '' : `_${port.protocol.toUpperCase()}`
  return [{ name: `${prefix}_${port.target}${suffix}`, port: port.assigned }]
}
