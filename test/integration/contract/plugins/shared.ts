import { definePlugin, defineRun, defineRunStep, defineStep, type RunRef } from '@piko/sdk'
import { world } from '../support/world.js'

export const shareRun: RunRef<{ readonly service: string }> = { id: 'shared.share', subject: 'project' }

type Shared = { readonly service: string }

const start = defineRunStep<unknown, Shared, Shared>({
  id: 'shared:start',
  title: 'Starting the shared service',
  async do({ input: { service } }) {
    world().make(`shared-${service}`)
    return { service }
  },
  async undo({ input: { service } }) {
    world().take(`shared-${service}`)
  },
})

const record = defineRunStep<unknown, Shared, null>({
  id: 'shared:record',
  title: 'Recording it',
  async do({ input, transaction }) {
    transaction(tables =>
      tables.run('INSERT OR IGNORE INTO shared_services (name) VALUES (?)', input.service),
    )
    return null
  },
  async undo({ input, transaction }) {
    transaction(tables => tables.run('DELETE FROM shared_services WHERE name = ?', input.service))
  },
})

const attach = defineStep({
  id: 'shared:attach',
  title: 'Attaching shared services',
  phase: 'start',
  after: ['engine:network'],
  before: ['engine:up'],
  async do(context) {
    const rows = context.read(tables => tables.all('SELECT name FROM shared_services ORDER BY name'))
    const names = rows.map(({ name }) => String(name))
    for (const name of names) world().make(`attached-${name}-${context.environment.name}`)
    return { names }
  },
  async undo(context, receipt) {
    for (const name of receipt?.names ?? []) world().take(`attached-${name}-${context.environment.name}`)
  },
})

export default definePlugin({
  name: 'shared',
  summary: 'Shares services between environments',
  detect: () => Promise.resolve({ wanted: true, because: 'it is a fake' }),
  steps: [attach],
  runs: [defineRun<unknown, Shared>({ ref: shareRun, title: 'Sharing a service', steps: [start, record] })],
  migrations: [{ id: '1-services', sql: 'CREATE TABLE shared_services (name TEXT PRIMARY KEY) STRICT' }],
})
