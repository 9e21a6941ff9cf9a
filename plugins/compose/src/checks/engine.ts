import { type Check, detailsOf } from '@piko/sdk'
import * as z from 'zod'
import type { ComposeConfig } from '../config.js'
import { engineFact } from '../contract.js'
import { nameOf } from '../docker.js'
import { askEngine } from '../engine/api.js'
import { readEngine } from '../engine/current.js'
import { engineErrors } from '../errors/engine.js'

const answer = z.object({ Version: z.string() })

/** Checks that the environment's engine, or the current one, responds. */
export const engine: Check<ComposeConfig> = {
  id: 'compose:engine',
  title: 'Docker answers',
  gate: 'data',
  async run(context) {
    try {
      const version = await askEngine(context, answer, { path: '/version' })
      return { ok: true, says: `Docker ${version?.Version ?? ''}` }
    } catch (cause) {
      if (detailsOf(cause)?.code !== 'COMPOSE_ENGINE_UNREACHABLE') throw cause
      const chosen = context.fact(engineFact) ?? (await readEngine())
      return {
        ok: false,
        problem: engineErrors.COMPOSE_ENGINE_UNREACHABLE({ engine: nameOf(chosen), cause }).details,
      }
    }
  },
}
