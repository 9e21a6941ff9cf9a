import type { EnvironmentStatus, KnownService, ServiceState } from '@piko/sdk'

/** The state of an environment, judged by its services. */
export interface RealState {
  /** The recorded status, unless the services' states contradict it. `partial`: only some are running. */
  readonly state: EnvironmentStatus | 'partial'
  /** Running services out of those expected to run. Finished one-shot services do not count. */
  readonly running: number
  readonly wanted: number
  readonly unhealthy: readonly string[]
  /** Services that the engine restarted, with the number of restarts. */
  readonly restarts: Readonly<Record<string, number>>
}

/**
 * Shared services also run for others, so they do not make an environment count as running. Their health does count.
 */
export function realState(facts: {
  readonly recorded: EnvironmentStatus
  readonly known: Readonly<Record<string, KnownService>>
  readonly states: readonly ServiceState[]
}): RealState {
  const { recorded, known, states } = facts
  const own = states.filter(({ isShared, isDone }) => !isShared && !isDone)
  const isDone = (service: string) => states.some(one => one.service === service && one.isDone)
  const lacking = Object.entries(known)
    .filter(([service, { isShared }]) => !isShared && !isDone(service))
    .filter(([service]) => !own.some(one => one.service === service))
  const running = own.filter(({ state }) => state === 'running' || state === 'paused').length
  const restarted = states.filter(({ restarts }) => restarts > 0)
  return {
    state: stateOf(recorded, { running, wanted: own.length + lacking.length }),
    running,
    wanted: own.length + lacking.length,
    unhealthy: [...new Set(states.filter(({ health }) => health === 'unhealthy').map(addressOf))],
    restarts: Object.fromEntries(restarted.map(one => [addressOf(one), one.restarts])),
  }
}

/** Statuses that running services can override. The others are transitional or failed. */
const overridable: ReadonlySet<EnvironmentStatus> = new Set(['prepared', 'running', 'stopped'])

function stateOf(
  recorded: EnvironmentStatus,
  { running, wanted }: Pick<RealState, 'running' | 'wanted'>,
): RealState['state'] {
  if (!overridable.has(recorded) || wanted === 0) return recorded
  if (running === wanted) return 'running'
  if (running > 0) return 'partial'
  return recorded === 'prepared' ? 'prepared' : 'stopped'
}

/** `web`, or `web#2` for further instances. */
function addressOf({ service, replica }: ServiceState): string {
  return replica === 1 ? service : `${service}#${replica}`
}
