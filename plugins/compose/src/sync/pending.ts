import type { Context } from '@piko/sdk'
import { type Digests, type Model, overriddenFact, resolvedFact, startedFact } from '../contract.js'
import type { Row } from '../engine/rows.js'

/** What `piko up` would do now, by service. */
export interface Pending {
  readonly start: readonly string[]
  readonly recreate: readonly string[]
  readonly remove: readonly string[]
}

export interface PendingRequest {
  readonly model: Model
  /** The environment's containers. */
  readonly rows: readonly Row[]
  /** Services that should run here. */
  readonly services: readonly string[]
}

/** Compares the project with what was started. Undefined if nothing is running: then everything is to be started. */
export function findPending(
  context: Pick<Context<unknown>, 'fact'>,
  { model, rows, services }: PendingRequest,
): Pending | undefined {
  const own = rows.filter(({ isOneOff }) => !isOneOff)
  if (own.length === 0) return undefined
  const has = [...new Set(own.map(({ service }) => service))].sort()
  const [now, started] = [readRendered(context), context.fact(startedFact) ?? {}]
  const isOther = (service: string) => service in started && started[service] !== now[service]
  return {
    start: services.filter(name => !has.includes(name)),
    recreate: has.filter(service => service in model.services && isOther(service)),
    remove: has.filter(service => !(service in model.services)),
  }
}

/** The digest of each service: of its definition in the files, and of piko's override. */
export function readRendered({ fact }: Pick<Context<unknown>, 'fact'>): Digests {
  const [resolved, overridden] = [fact(resolvedFact) ?? {}, fact(overriddenFact) ?? {}]
  const whole = Object.entries(resolved).map(([name, digest]) => [
    name,
    `${digest} ${overridden[name] ?? ''}`,
  ])
  return Object.fromEntries(whole) as Digests
}
