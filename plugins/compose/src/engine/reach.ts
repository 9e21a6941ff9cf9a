import { detailsOf } from '@piko/sdk'
import * as z from 'zod'
import { engineOf, type Looking, nameOf } from '../docker.js'
import { engineErrors } from '../errors/engine.js'
import { askEngine } from './api.js'

/** The same error or, if the engine does not respond, one that says so. */
export async function unlessUnreachable(context: Looking, cause: unknown): Promise<unknown> {
  if (detailsOf(cause)?.code !== 'TOOL_FAILED' || (await engineAnswers(context))) return cause
  return engineErrors.COMPOSE_ENGINE_UNREACHABLE({ engine: nameOf(engineOf(context)), cause })
}

export async function engineAnswers(context: Looking): Promise<boolean> {
  try {
    await askEngine(context, z.unknown(), { path: '/version' })
    return true
  } catch (error) {
    if (detailsOf(error)?.code === 'COMPOSE_ENGINE_UNREACHABLE') return false
    throw error
  }
}
