import { defineStep, type StepContext } from '@piko/sdk'
import type { SharedConfig } from '../config.js'
import { serveRun, sharedFact } from '../contract.js'
import { networkOf } from '../network.js'
import { addServed, readConsumers, readServed, removeServed, setConsumed } from '../records.js'
import { readWishes, sharedBy } from '../wishes.js'

type Context = StepContext<SharedConfig>

/** Notes that the environment uses what it shares; what nobody uses any more is stopped where that is wanted. */
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

/** Stops what has no consumer: where it is wanted, and what is not shared any more. */
async function release(context: Context, stopsUnused: boolean): Promise<void> {
  const shared = new Set(sharedBy(context.config, await readWishes(context.project)))
  const consumers = readConsumers(context)
  const unused = readServedWithout(context, consumers).filter(service => stopsUnused || !shared.has(service))
  if (unused.length === 0) return
  removeServed(context, unused)
  await context.ensure(serveRun, { input: { isRefresh: true } })
}

function readServedWithout(context: Context, consumers: ReadonlyMap<string, readonly string[]>) {
  return readServed(context).filter(service => (consumers.get(service) ?? []).length === 0)
}
