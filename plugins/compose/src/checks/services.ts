import { type Check, detailsOf } from '@piko/sdk'
import type { ComposeConfig } from '../config.js'
import { projectFact } from '../contract.js'
import { fetchProjectStates, restartsText, type State, troubleOf } from '../engine/trouble.js'
import { readinessErrors } from '../errors/readiness.js'

/** Finds services of this project's environments that are unhealthy or keep restarting. */
export const services: Check<ComposeConfig> = {
  id: 'compose:services',
  title: 'Services are healthy',
  async run(context) {
    const states = await fetchProjectStates(context, context.project).catch((cause: unknown) => {
      // The engine check reports it.
      if (detailsOf(cause)?.code === 'COMPOSE_ENGINE_UNREACHABLE') return []
      throw cause
    })
    const troubles = states.flatMap(state => {
      const how = troubleOf(state)
      if (how === undefined) return []
      // Services that run apart have no name that `piko logs` accepts.
      const isOwn = context.fact(projectFact, { environment: state.environment }) !== undefined
      return [{ ...state, how, isOwn }]
    })
    if (troubles.length > 0)
      return { ok: false, problem: readinessErrors.COMPOSE_SERVICE_TROUBLE({ troubles }).details }
    return { ok: true, says: summary(states) }
  },
}

function summary(states: readonly State[]): string {
  const restarted = states.filter(({ restarts }) => restarts > 0)
  const count = states.length === 1 ? '1 container' : `${states.length} containers`
  const texts = restarted.map(
    ({ service, environment, restarts }) => `${service} of ${environment}: ${restartsText(restarts)}`,
  )
  return [count, ...texts].join('; ')
}
