import type { Context } from '@piko/sdk'
import { type Digests, type Model, overriddenFact, resolvedFact, startedFact } from '../contract.js'
import type { Looking } from '../docker.js'
import { fetchRows } from '../engine/rows.js'
import { type Owner } from '../labels.js'

/** What `piko up` would do now, by service. */
export interface Pending {
  readonly start: readonly string[]
  readonly recreate: readonly string[]
  readonly remove: readonly string[]
}

export interface PendingRequest {
  readonly model: Model
  readonly owner: Owner
  /** Services that should run here. */
  readonly services: readonly string[]
}

/** Compares the project with what was started. Undefined if nothing is running: then everything is to be started. */
export async function fetchPending(
  context: Looking,
  { model, owner, services }: PendingRequest,
): Promise<Pending | undefined> {
  const rows = (await fetchRows(context, owner)).filter(({ isOneOff }) => !isOneOff)
  if (rows.length === 0) return undefined
  const has = [...new Set(rows.map(({ service }) => service))].sort()
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
