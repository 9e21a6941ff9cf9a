import { defineRun, defineRunStep } from '@piko/sdk'
import type { SharedConfig } from '../config.js'
import { type Serve, serveRun } from '../contract.js'
import { fetchShared, isUp, onSharedEngine } from '../engine.js'
import { readServed, recordContainers } from '../records.js'
import { runApart } from './apart.js'
import { attachAll } from './attach-all.js'
import { guardAll } from './guard-all.js'

const start = defineRunStep<SharedConfig, Serve, null>({
  id: 'shared:serve',
  title: 'Starting shared services',
  undoTitle: 'Stopping shared services',
  timeLimit: 3600,

  async do(context) {
    const services = readServed(context)
    if (context.input.isRefresh || !(await isServing(context, services))) {
      await runApart(context, services)
    }
    const there = await onSharedEngine(context)
    const containers = await fetchShared(there)
    recordContainers(context, containers)
    await guardAll(context, { there, containers })
    await attachAll({ ...there, read: context.read }, containers)
    return null
  },

  /** Stopping is a separate run, and Compose's run undoes a failed start. */
  async undo() {},
})

export const serve = defineRun({ ref: serveRun, title: 'Starting shared services', steps: [start] })

type Context = Parameters<typeof start.do>[0]

/** Whether exactly these services are running. If so, they are not restarted: other environments use them. */
async function isServing(context: Context, services: readonly string[]): Promise<boolean> {
  if (services.length === 0) return false
  const containers = await fetchShared(await onSharedEngine(context))
  const running = new Set(containers.filter(isUp).map(({ service }) => service))
  return (
    containers.every(container => isUp(container) && services.includes(container.service)) &&
    services.every(service => running.has(service))
  )
}
