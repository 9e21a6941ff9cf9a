import type { EnvironmentStatus, KnownService, ServiceState } from '@piko/sdk'

/** What an environment is, by what its services do now. */
export interface RealState {
  /** The recorded status, unless the services say otherwise; `partial`: some of them run. */
  readonly state: EnvironmentStatus | 'partial'
  /** Services that run, of those that are to. One-shots that have ended count as neither. */
  readonly running: number
  readonly wanted: number
  readonly unhealthy: readonly string[]
  /** Those that the engine has restarted, with how often. */
  readonly restarts: Readonly<Record<string, number>>
}

/** Shared services run for others too, so they do not make an environment a running one; their health counts. */
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

/** On its way, or failed: what runs then does not tell what it is. */
const lasting: ReadonlySet<EnvironmentStatus> = new Set(['prepared', 'running', 'stopped'])

function stateOf(
  recorded: EnvironmentStatus,
  { running, wanted }: Pick<RealState, 'running' | 'wanted'>,
): RealState['state'] {
  if (!lasting.has(recorded) || wanted === 0) return recorded
  if (running === wanted) return 'running'
  if (running > 0) return 'partial'
  return recorded === 'prepared' ? 'prepared' : 'stopped'
}

/** `web`; `web#2` for all but the first of several. */
function addressOf({ service, replica }: ServiceState): string {
  return replica === 1 ? service : `${service}#${replica}`
}
