import { errorTable, warningTable } from '@piko/sdk'

type Moved = { service: string; port: number; wanted: number; given: number; by: string }

export const portErrors = errorTable({
  PORT_TAKEN: ({ key, port, by }: { key: string; port: number; by: string }) => ({
    message: `Port ${port}, asked for with --port for ${key}, is taken by ${by}`,
    hints: [`To let piko choose a port, omit \`--port ${key.replace(/\/tcp$/, '')}=${port}\``],
  }),
  PORT_MALFORMED: ({ text }: { text: string }) => ({
    message: `--port ${text} is not SERVICE:PORT=HOST_PORT`,
    hints: [
      'To give a service a port of your choice, write `--port db:5432=10199`, or `--port dns:53/udp=10153`',
    ],
    kind: 'usage',
  }),
  PORT_UNKNOWN: ({ keys, known }: { keys: readonly string[]; known: readonly string[] }) => ({
    message: `--port names a port that no service publishes: ${keys.join(', ')}`,
    hints: [known.length > 0 ? `The ports are ${known.join(', ')}` : 'No service publishes a port'],
    kind: 'usage',
  }),
})

export const portWarnings = warningTable({
  PORT_MOVED: ({ service, port, wanted, given, by }: Moved) => ({
    message: `Port ${wanted} is taken by ${by}, so ${service}:${port} has ${given}`,
    service,
  }),
})
