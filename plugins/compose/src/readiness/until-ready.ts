import { setTimeout as sleep } from 'node:timers/promises'
import type { Model } from '../contract.js'
import type { Container } from '../engine/containers.js'
import { explainUp } from './up-failure.js'
import { type Judged, judgeAll } from './judge.js'
import { beginToLook, type Look } from './look.js'
import { makeProgress } from './progress.js'
import { reportFailed, reportLate } from './report.js'
import type { SiteContext } from '../site.js'

type Context = SiteContext

export interface Start {
  readonly model: Model
  /** Services whose containers must become ready. */
  readonly services: readonly string[]
  /** The containers that already exist. */
  readonly before: readonly Container[]
  /** Total time limit. Undefined with `--no-wait`: then only failures that would block Compose forever count. */
  readonly seconds: number | undefined
  readonly readyAfter: number
  /** Starts the containers. Its signal is aborted with the failure as soon as waiting is pointless. */
  run(signal: AbortSignal): Promise<void>
}

const lookEvery = 250

/**
 * Watches services from before their start until each is ready or has exited with 0. Returns those that exited. Compose
 * waits forever for a service that others depend on, so its command is stopped when the watch finds a failure.
 */
export async function untilReady(context: Context, start: Start): Promise<readonly string[]> {
  const look = await beginToLook(context, start)
  const [halt, startFailed] = [new AbortController(), new AbortController()]
  const state = { isStarting: true }
  const watching = watch(context, { start, look, state, startFailed: startFailed.signal })
  watching.catch((reason: unknown) => halt.abort(reason))
  try {
    await start.run(halt.signal)
  } catch (cause) {
    startFailed.abort()
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
  /** Whether the start itself failed. */
  readonly startFailed: AbortSignal
}

async function watch(
  context: Context,
  { start, look, state, startFailed }: Watch,
): Promise<readonly string[]> {
  const limit = performance.now() + (start.seconds ?? Infinity) * 1000
  const report = makeProgress(context)
  for (;;) {
    await sleep(lookEvery, undefined, { signal: context.signal })
    // Read before the look: if the start has finished by then, the look shows its result.
    const { isStarting } = state
    if (startFailed.aborted || (start.seconds === undefined && !isStarting)) return []
    const judged = await judge({ start, look, isStarting }).catch((error: unknown) => {
      // While Compose runs, it reports engine errors itself.
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

/** With `--no-wait` failures do not count, except crash loops: Compose itself may wait for them. */
function isFailed({ verdict }: Judged, { seconds }: Start): boolean {
  return verdict.state === 'failed' && (seconds !== undefined || verdict.isLoop)
}

/** Leaves out services that only wait for another, unless there is no other. */
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

/** Uses Compose's error only as a last resort: it names a container but not what it printed. */
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
