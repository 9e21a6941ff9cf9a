import { failure, type Failure, type Warning } from '@piko/sdk'
import type { Moved } from './moved.js'

export function portTaken(facts: { key: string; port: number; by: string }): Failure {
  return failure({
    code: 'PORT_TAKEN',
    message: `Port ${facts.port}, asked for with --port for ${facts.key}, is taken by ${facts.by}`,
    hints: [`To let piko choose a port, omit \`--port ${facts.key.replace(/\/tcp$/, '')}=${facts.port}\``],
  })
}

export function portMalformed(text: string): Failure {
  return failure({
    code: 'PORT_MALFORMED',
    message: `--port ${text} is not SERVICE:PORT=HOST_PORT`,
    hints: [
      'To give a service a port of your choice, write `--port db:5432=10199`, or `--port dns:53/udp=10153`',
    ],
    kind: 'usage',
  })
}

export function portUnknown(facts: { keys: readonly string[]; known: readonly string[] }): Failure {
  return failure({
    code: 'PORT_UNKNOWN',
    message: `--port names a port that no service publishes: ${facts.keys.join(', ')}`,
    hints: [
      facts.known.length > 0 ? `The ports are ${facts.known.join(', ')}` : 'No service publishes a port',
    ],
    kind: 'usage',
  })
}

export function portMoved({ service, port, wanted, given, by }: Moved): Warning {
  const message = `Port ${wanted} is taken by ${by}, so ${service}:${port} has ${given}`
  return { code: 'PORT_MOVED', message, service }
}
