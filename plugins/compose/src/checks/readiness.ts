import { type Check, detailsOf } from '@piko/sdk'
import type { ComposeConfig } from '../config.js'
import { readReadyAfter } from '../readiness/ready-after.js'
import { readTimeLimit } from '../readiness/time-limit.js'

/** Refuses an invalid time limit before a run changes anything. */
export const readiness: Check<ComposeConfig> = {
  id: 'compose:readiness',
  title: 'Services are ready',
  gate: 'start',
  run({ flags, config, verb }) {
    if (verb === 'down' || verb === 'destroy') return Promise.resolve({ ok: true })
    try {
      readTimeLimit(flags)
      return Promise.resolve({ ok: true, says: `after ${readReadyAfter(config)} s without a restart` })
    } catch (error) {
      const problem = detailsOf(error)
      if (!problem) throw error
      return Promise.resolve({ ok: false, problem })
    }
  },
}
