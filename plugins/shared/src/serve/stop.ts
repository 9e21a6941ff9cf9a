import { defineRun, defineRunStep } from '@piko/sdk'
import type { SharedConfig } from '../config.js'
import { stopRun } from '../contract.js'
import { readConsumers, readServed, removeServed } from '../records.js'
import { runApart } from './apart.js'

const stopAll = defineRunStep<SharedConfig, null, { readonly services: readonly string[] }>({
  id: 'shared:stop',
  title: 'Stopping shared services',
  undoTitle: 'Starting shared services',

  async do(context) {
    const services = readServed(context)
    await runApart(context, [])
    removeServed(context, services)
    return { services }
  },

  /** The next environment that uses them starts them again. */
  async undo() {},

  report: ({ services }) =>
    services.length === 0
      ? 'No shared service was running'
      : `Stopped ${services.join(', ')}; the data in named volumes stays`,
})

/** `piko down --shared`. */
export const stop = defineRun<SharedConfig, null>({
  ref: stopRun,
  title: 'Stopping shared services',
  once: true,
  steps: [stopAll],
  question(context) {
    const users = new Set([...readConsumers(context).values()].flat())
    if (users.size === 0) return undefined
    return `Stop the shared services, which ${[...users].sort().join(', ')} ${users.size === 1 ? 'uses' : 'use'}?`
  },
})
