import type { KnownService, ServiceState } from '@piko/sdk'

/** A row of `piko status`: a container, or a service without one. */
export interface ServiceRow {
  readonly service: string
  /** Null for a service without a container, or if no engine answered. */
  readonly replica: number | null
  readonly container: string | null
  /** Docker's state; `absent` without a container, `done` for a completed one-shot. Null if no engine answered. */
  readonly state: string | null
  readonly health: ServiceState['health']
  readonly exitCode: number | null
  readonly restarts: number | null
  readonly ports: Readonly<Record<string, number>>
  readonly url: string | null
  readonly isShared: boolean
}

/** Combines what is known of each service with its containers. `states` is undefined if no engine answered. */
export function serviceRows(
  known: Readonly<Record<string, KnownService>>,
  states: readonly ServiceState[] | undefined,
): readonly ServiceRow[] {
  const names = new Set([...Object.keys(known), ...(states ?? []).map(({ service }) => service)])
  return [...names].sort().flatMap((service): readonly ServiceRow[] => {
    const { ports = {}, url = null, isShared = false } = known[service] ?? {}
    const rest = { service, ports, url, isShared }
    const containers = (states ?? []).filter(one => one.service === service)
    if (containers.length === 0) return [{ ...rest, ...nothing, state: states ? 'absent' : null }]
    return containers.map(one => ({
      ...rest,
      replica: one.replica,
      container: one.container,
      state: one.isDone ? 'done' : one.state,
      health: one.health,
      exitCode: one.exitCode,
      restarts: one.restarts,
      isShared: one.isShared || isShared,
    }))
  })
}

const nothing = { replica: null, container: null, health: null, exitCode: null, restarts: null }
