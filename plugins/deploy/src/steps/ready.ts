import { setTimeout as pause } from 'node:timers/promises'
import { deployErrors } from '../errors/deploys.js'
import { readSettings } from '../store/settings.js'
import type { Observed } from '../target/target.js'
import type { Context, Situation } from './situation.js'

const pollMilliseconds = 50

export interface Started {
  readonly service: string
  readonly container: string
}

/** Waits until containers run and are healthy, if they have a health check of their own. Throws as soon as one ends. */
export async function awaitReady(
  context: Context,
  situation: Situation,
  started: readonly Started[],
): Promise<void> {
  const deadline = performance.now() + readSettings(context).healthSeconds * 1000
  for (;;) {
    const seen = await Promise.all(started.map(({ container }) => situation.target.observe(container)))
    const late = performance.now() > deadline
    for (const [index, one] of started.entries())
      if (hasFailed(seen[index], late)) throw await explain(situation, one, seen[index])
    if (seen.every(one => one !== undefined && isReady(one))) return
    await pause(pollMilliseconds, undefined, { signal: context.signal })
  }
}

export async function requireRunning(situation: Situation, started: Started): Promise<void> {
  const seen = await situation.target.observe(started.container)
  if (hasFailed(seen, false)) throw await explain(situation, started, seen)
}

function isReady({ state, health, exitCode }: Observed): boolean {
  if (state === 'exited') return exitCode === 0
  return state === 'running' && (health === 'none' || health === 'healthy')
}

function hasFailed(seen: Observed | undefined, isLate: boolean): boolean {
  if (!seen) return isLate
  if (isLate) return !isReady(seen)
  return seen.restarts > 0 || seen.state === 'restarting' || (seen.state === 'exited' && seen.exitCode !== 0)
}

async function explain(
  { target, redact }: Situation,
  { service, container }: Started,
  seen: Observed | undefined,
) {
  const lines = (await target.lastLines(container)).map(redact)
  const { state = 'missing', health = 'none', exitCode = 0 } = seen ?? {}
  const isUnwell = state === 'running' && health !== 'healthy'
  const ended = state === 'exited' || state === 'restarting' ? `${state} (${exitCode})` : state
  return deployErrors.DEPLOY_CRASHED({ service, state: isUnwell ? health : ended, lines })
}
