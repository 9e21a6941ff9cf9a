import { warningLines } from '@piko/sdk'
import type { Isolation } from '../serve/isolate.js'
import type { Sharing } from '../serve/share.js'
import { portText } from './ports.js'

export function shareLines(services: readonly string[], sharing: Sharing): readonly string[] {
  const { network, isNetworkNew, ports, lacking, environments, warnings } = sharing
  return [
    ...services.map(service => `✓ Marked ${service} as shared`),
    ...(isNetworkNew ? [`✓ Created shared network: ${network}`] : []),
    ...services.map(service => `✓ Started shared ${service} container${portsSuffix(ports[service] ?? {})}`),
    ...lacking.map(
      ({ service, needed }) => `! ${service} depends on ${needed}, which is not shared: it runs without it`,
    ),
    ...warningLines(warnings),
    ...moving(environments, 'keeps its own'),
  ]
}

export function isolateLines(services: readonly string[], isolation: Isolation): readonly string[] {
  const { consumers, stopped, volumes } = isolation
  const users = [...new Set(Object.values(consumers).flat())].sort()
  return [
    ...services.map(service => `✓ Marked ${service} as isolated`),
    ...stopped.map(service => `✓ Stopped shared ${service} container`),
    ...volumes.map(name => `! Its data stays; to remove it, run \`docker volume rm ${name}\``),
    ...moving(users, 'keeps using the shared one'),
  ]
}

function moving(environments: readonly string[], what: string): readonly string[] {
  return environments.map(name => `! ${name} ${what} until you run \`piko up ${name}\``)
}

function portsSuffix(ports: Readonly<Record<string, number>>): string {
  const text = portText(ports)
  return text === '-' ? '' : ` (${text})`
}
