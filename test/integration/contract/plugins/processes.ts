import { definePlugin, defineStep, type StepContext } from '@piko/sdk'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

const shape = z.record(z.string(), z.strictObject({ command: z.string(), port: z.int() })).default({})
type Config = z.output<typeof shape>
type Started = { readonly pids: Readonly<Record<string, number>> }

const ports = defineStep({
  id: 'processes:ports',
  title: 'Assigning ports',
  phase: 'resolve',
  async do({ config, assignPorts }: StepContext<Config>) {
    const wanted = Object.entries(config).map(([service, { port }]) => ({
      service,
      port,
      protocol: 'tcp' as const,
    }))
    return { ports: await assignPorts(wanted) }
  },
  undo: () => Promise.resolve(),
})

const start = defineStep({
  id: 'processes:start',
  title: 'Starting processes',
  phase: 'start',
  async do(context: StepContext<Config>, before: Started | undefined): Promise<Started> {
    await stop(context, before)
    const pids: Record<string, number> = {}
    for (const [name, { command, port }] of Object.entries(context.config)) {
      const env = { PORT: String(context.environment.ports[`${name}:${port}/tcp`]) }
      const script = `${command} > /dev/null 2>&1 < /dev/null & echo $!`
      pids[name] = Number((await context.exec('sh', ['-c', script], { env })).stdout)
      await context.writeFile(pidFile(context), JSON.stringify({ pids }))
    }
    return { pids }
  },
  undo: (context, receipt) => stop(context, receipt),
})

async function stop(context: StepContext<Config>, receipt: Started | undefined): Promise<void> {
  const started = receipt ?? (await readStarted(context))
  for (const pid of Object.values(started.pids)) {
    await context.exec('kill', [String(pid)], { allowFailure: true })
  }
  await context.remove(pidFile(context))
}

function readStarted(context: StepContext<Config>): Promise<Started> {
  return readFile(pidFile(context), 'utf8').then(
    text => JSON.parse(text) as Started,
    () => ({ pids: {} }),
  )
}

function pidFile({ environment }: StepContext<Config>): string {
  return join(environment.stateDir, 'processes.json')
}

export default definePlugin<Config>({
  name: 'processes',
  summary: 'Runs host processes',
  config: {
    schema: shape,
    jsonSchema: () => ({ type: 'object', additionalProperties: { type: 'object' } }),
  },
  detect: (_, config) =>
    Promise.resolve({ wanted: Object.keys(config).length > 0, because: 'it has processes' }),
  contributes: {
    variables: ({ config, environment: { ports: assigned } }) =>
      Object.fromEntries(
        Object.entries(config).map(([name, { port }]) => [
          `PIKO_${name.toUpperCase()}_PORT`,
          String(assigned[`${name}:${port}/tcp`] ?? ''),
        ]),
      ),
    targets: ({ config }) => Object.keys(config),
  },
  steps: [ports, start],
})
