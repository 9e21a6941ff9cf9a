import { defineStep, type StepContext } from '@piko/sdk'
import type { SharedConfig } from '../config.js'
import { serveRun } from '../contract.js'
import { atServer } from '../databases/at.js'
import { backUp } from '../databases/backup.js'
import { type Database, markMade, readDatabases } from '../databases/records.js'
import type { At } from '../databases/server.js'
import { servers } from '../databases/servers.js'
import { fetchShared, isUp, onSharedEngine } from '../engine.js'
import { sharedErrors } from '../errors/shared.js'
import { networkOf } from '../network.js'
import { addServed, readServed, removeServed } from '../records.js'

type Context = StepContext<SharedConfig>

/** The environment's database or index in each shared server configured for one per environment. */
export const databases = defineStep({
  id: 'shared:databases',
  title: 'Creating databases in shared services',
  undoTitle: 'Removing databases',
  phase: 'data',
  after: ['shared:link'],
  holdsData: true,
  timeLimit: 3600,
  dataIn: (receipt: { readonly made: readonly string[] }) => receipt.made,

  async plan(context) {
    const missing = readDatabases(context, context.environment.name).filter(({ isMade }) => !isMade)
    if (missing.length === 0) return { action: 'nothing', because: 'every database exists' }
    return { action: 'change', because: `missing: ${missing.map(textOf).join(', ')}` }
  },

  async do(context: Context) {
    const wanted = readDatabases(context, context.environment.name)
    for (const database of wanted.filter(({ isMade }) => !isMade)) {
      const template = context.config.services[database.service]?.template
      await servers[database.kind].make(await reach(context, database), { ...database, template })
      markMade(context, database, true)
    }
    return { made: wanted.map(textOf) }
  },

  async undo(context: Context) {
    const made = readDatabases(context, context.environment.name).filter(({ isMade }) => isMade)
    if (made.length === 0) return
    const before = readServed(context)
    const started = made.map(({ service }) => service).filter(service => !before.includes(service))
    addServed(context, started, { project: context.project.name, network: networkOf(context) })
    for (const database of made) {
      const server = servers[database.kind]
      const at = await reach(context, database)
      if (context.verb === 'destroy' && context.flags['backup'] === true)
        await backUp(context, { at, server, database })
      await server.drop(at, database)
      markMade(context, database, false)
    }
    if (started.length === 0) return
    removeServed(context, started) // they were not running before
    await context.ensure(serveRun, { input: { isRefresh: true } })
  },

  report: ({ made }) => (made.length === 0 ? undefined : `Made ${made.join(', ')}`),
})

function textOf({ kind, name, service }: Database): string {
  return kind === 'redis'
    ? `index ${name} of the shared ${service}`
    : `database ${name} in the shared ${service}`
}

/** The server, started if necessary. */
async function reach(context: Context, { service, environment }: Database): Promise<At> {
  const there = await onSharedEngine(context)
  const find = async () =>
    (await fetchShared(there)).find(container => container.service === service && isUp(container))
  const container = (await find()) ?? (await start(context).then(find))
  if (!container) throw sharedErrors.SHARED_SERVER_DOWN({ service })
  const mark = `environment ${environment} of ${context.project.root}`
  return atServer(context, { there, service, container: container.id, mark })
}

function start(context: Context): Promise<void> {
  return context.ensure(serveRun, { input: { isRefresh: false } })
}
