import { setTimeout as sleep } from 'node:timers/promises'
import type { Model } from '../contract.js'
import { explainUp } from './up-failure.js'
import { type Judged, judgeAll } from './judge.js'
import { beginToLook, type Look } from './look.js'
import { makeProgress } from './progress.js'
import { reportFailed, reportLate } from './report.js'
import type { SiteContext } from '../site.js'

type Context = SiteContext

export interface Start {
  readonly model: Model
  /** Those whose containers have to become ready. */
  readonly services: readonly string[]
  /** For the whole of it; undefined where nobody waits: then only what would never end is noticed. */
  readonly seconds: number | undefined
  readonly readyAfter: number
  /** Starts the containers. Its signal is aborted, with the failure, as soon as waiting has become pointless. */
  run(signal: AbortSignal): Promise<void>
}

const lookEvery = 250

/**
 * Watches services from before they are started until each is ready or has ended with 0; answers those that have ended.
 * Compose waits without end for a service that others depend on: its command is ended when the watch finds a failure.
 */
export async function untilReady(context: Context, start: Start): Promise<readonly string[]> {
  const look = await beginToLook(context, start)
  const [halt, over] = [new AbortController(), new AbortController()]
  const state = { isStarting: true }
  const watching = watch(context, { start, look, state, over: over.signal })
  watching.catch((reason: unknown) => halt.abort(reason))
  try {
    await start.run(halt.signal)
  } catch (cause) {
    over.abort()
    await watching.catch(() => undefined)
    context.signal.throwIfAborted()
    if (halt.signal.aborted) throw halt.signal.reason
    throw await explainStart(context, { start, look, cause })
  }
  state.isStarting = false
  return watching
}

interface Watch {
  readonly start: Start
  readonly look: Look
  readonly state: { readonly isStarting: boolean }
  /** The start has failed by itself. */
  readonly over: AbortSignal
}

async function watch(context: Context, { start, look, state, over }: Watch): Promise<readonly string[]> {
  const limit = performance.now() + (start.seconds ?? Infinity) * 1000
  const report = makeProgress(context)
  for (;;) {
    // Asked before the look, so that what it shows is what the finished start has left.
    const { isStarting } = state
    if (over.aborted || (start.seconds === undefined && !isStarting)) return []
    const judged = await judge({ start, look, isStarting }).catch((error: unknown) => {
      // Compose itself says what is wrong with the engine.
      if (!isStarting) throw error
      return []
    })
    const failed = judged.filter(each => isFailed(each, start))
    if (failed.length > 0) throw await reportFailed(context, failed)
    const late = judged.filter(({ verdict }) => verdict.state === 'waiting')
    if (!isStarting && late.length === 0) return endedIn(judged)
    if (performance.now() > limit)
      throw await reportLate(context, { ...culprits(late, { start, judged }), seconds: start.seconds ?? 0 })
    await report(judged)
    await sleep(lookEvery, undefined, { signal: context.signal })
  }
}

async function judge(watch: {
  readonly start: Start
  readonly look: Look
  readonly isStarting: boolean
}): Promise<readonly Judged[]> {
  const { start, look, isStarting } = watch
  const watched = await look()
  const { readyAfter, model } = start
  return judgeAll(watched, { now: performance.now(), readyAfter, isStarting, awaited: awaitedIn(model) })
}

/** Nobody asked, with `--no-wait`, but Compose itself may wait for what keeps restarting. */
function isFailed({ verdict }: Judged, { seconds }: Start): boolean {
  return verdict.state === 'failed' && (seconds !== undefined || verdict.isLoop)
}

/** One that is only waiting for another is not to blame, unless there is no other. */
function culprits(
  late: readonly Judged[],
  { start, judged }: { readonly start: Start; readonly judged: readonly Judged[] },
) {
  const active = late.filter(({ container }) => container.status !== 'created')
  if (active.length > 0) return { late: active, missing: [] }
  const has = new Set(judged.map(({ container }) => container.service))
  return { late, missing: late.length > 0 ? [] : start.services.filter(service => !has.has(service)) }
}

function awaitedIn({ services }: Model): ReadonlySet<string> {
  const dependencies = Object.values(services).flatMap(({ dependsOn }) => Object.entries(dependsOn))
  const ends = dependencies.filter(([, { condition }]) => condition === 'service_completed_successfully')
  return new Set(ends.map(([name]) => name))
}

function endedIn(judged: readonly Judged[]): readonly string[] {
  const ended = judged.filter(({ verdict }) => verdict.state === 'ended')
  return [...new Set(ended.map(({ container }) => container.service))].sort()
}

/** Compose's own words are the last resort: it names a container and not what the container said. */
async function explainStart(
  context: Context,
  { start, look, cause }: { readonly start: Start; readonly look: Look; readonly cause: unknown },
): Promise<unknown> {
  const findFailure = async () => {
    const judged = await judge({ start, look, isStarting: true })
    const failed = judged.filter(({ verdict }) => verdict.state === 'failed')
    return failed.length > 0 ? reportFailed(context, failed, cause) : undefined
  }
  return explainUp(context, { model: start.model, cause, findFailure })
}
