import { defineStep, type StepContext } from '@piko/sdk'
import type { SharedConfig } from '../config.js'
import { serveRun, sharedFact } from '../contract.js'
import { networkOf } from '../network.js'
import { addServed, readConsumers, readServed, removeServed, setConsumed } from '../records.js'
import { readMarks, sharedBy } from '../marks.js'

type Context = StepContext<SharedConfig>

/** Records which shared services the environment uses. Stops unused ones if configured. */
export const link = defineStep({
  id: 'shared:link',
  title: 'Linking shared services',
  undoTitle: 'Disconnecting shared services',
  phase: 'data',
  timeLimit: 3600,

  async do(context: Context) {
    const services = context.fact(sharedFact) ?? []
    const { project } = context
    setConsumed(context, context.environment.name, services)
    addServed(context, services, { project: project.name, network: networkOf(context) })
    await release(context, context.config.stop_when_unused)
    return { services: [...services], stopsUnused: context.config.stop_when_unused }
  },

  async undo(context: Context, receipt) {
    setConsumed(context, context.environment.name, [])
    await release(context, receipt?.stopsUnused ?? false)
  },
})

/** Stops services without consumers, if configured or if they are no longer shared. */
async function release(context: Context, stopsUnused: boolean): Promise<void> {
  const shared = new Set(sharedBy(context.config, await readMarks(context.project)))
  const consumers = readConsumers(context)
  const unused = readServedWithout(context, consumers).filter(service => stopsUnused || !shared.has(service))
  if (unused.length === 0) return
  removeServed(context, unused)
  await context.ensure(serveRun, { input: { isRefresh: true } })
}

function readServedWithout(context: Context, consumers: ReadonlyMap<string, readonly string[]>) {
  return readServed(context).filter(service => (consumers.get(service) ?? []).length === 0)
}
