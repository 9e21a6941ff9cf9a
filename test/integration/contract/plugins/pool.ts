import { definePlugin, defineRun, defineRunStep, defineStep, type RunRef } from '@piko/sdk'
import { world } from '../support/world.js'

export const poolRun: RunRef<{ readonly service: string }> = { id: 'pool.share', subject: 'project' }

type Shared = { readonly service: string }

const start = defineRunStep<unknown, Shared, Shared>({
  id: 'pool:start',
  title: 'Starting the shared service',
  async do({ input: { service }, assignPorts }) {
    if (world().has('break-pool')) throw new Error('the pool leaks')
    const ports = await assignPorts([{ service, port: 6379, protocol: 'tcp' }])
    world().make(`pool-${service}`, Object.values(ports).join())
    return { service }
  },
  async undo({ input: { service } }) {
    world().take(`pool-${service}`)
  },
})

const record = defineRunStep<unknown, Shared, null>({
  id: 'pool:record',
  title: 'Recording it',
  async do({ input, transaction }) {
    transaction(tables => tables.run('INSERT OR IGNORE INTO pool_services (name) VALUES (?)', input.service))
    return null
  },
  async undo({ input, transaction }) {
    transaction(tables => tables.run('DELETE FROM pool_services WHERE name = ?', input.service))
  },
})

const attach = defineStep({
  id: 'pool:attach',
  title: 'Attaching shared services',
  phase: 'start',
  after: ['engine:network'],
  before: ['engine:up'],
  async do(context) {
    const rows = context.read(tables => tables.all('SELECT name FROM pool_services ORDER BY name'))
    const names = rows.map(({ name }) => String(name))
    for (const name of names) world().make(`attached-${name}-${context.environment.name}`)
    return { names }
  },
  async undo(context, receipt) {
    for (const name of receipt?.names ?? []) world().take(`attached-${name}-${context.environment.name}`)
  },
})

const drain = defineRunStep<unknown, null, { readonly names: readonly string[] }>({
  id: 'pool:drain',
  title: 'Draining the pool',
  async do({ read }) {
    world().make('drained')
    return {
      names: read(tables => tables.all('SELECT name FROM pool_services')).map(({ name }) => String(name)),
    }
  },
  undo: () => Promise.resolve(),
  report: ({ names }) => `Drained ${names.join()}`,
})

export default definePlugin({
  name: 'pool',
  summary: 'Shares services between environments',
  detect: () => Promise.resolve({ wanted: true, because: 'it is a fake' }),
  steps: [attach],
  runs: [
    defineRun<unknown, Shared>({ ref: poolRun, title: 'Sharing a service', steps: [start, record] }),
    defineRun<unknown, null>({
      ref: { id: 'pool.drain', subject: 'project' },
      title: 'Draining the pool',
      once: true,
      steps: [drain],
      question: ({ read }) =>
        `Drain the pool, which has ${read(tables => tables.all('SELECT name FROM pool_services'))
          .map(({ name }) => name)
          .join()}?`,
    }),
  ],
  migrations: [{ id: '1-services', sql: 'CREATE TABLE pool_services (name TEXT PRIMARY KEY) STRICT' }],
})
