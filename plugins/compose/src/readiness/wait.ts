import { setTimeout as sleep } from 'node:timers/promises'
import type { Failure, StepContext } from '@piko/sdk'
import type { Looking } from '../docker.js'
import { type Container, fetchContainers, fetchLastLines } from '../engine/containers.js'
import { type FailedService, notReady, serviceFailed } from '../engine/errors.js'
import { judge, signatureOf, type Verdict } from './judge.js'

type Context = Looking & Pick<StepContext<unknown>, 'progress' | 'environment'>

/** How long services without a health check have to stay up, in milliseconds. */
const moment = 1000
const pollEvery = 200

interface Judged {
  readonly container: Container
  readonly verdict: Verdict
}

/** Waits until every container is ready or has ended with 0; answers the services that have ended. */
export async function waitUntilReady(
  context: Context,
  asked: { readonly ids: readonly string[]; readonly seconds: number },
): Promise<readonly string[]> {
  const { ids, seconds } = asked
  const limit = performance.now() + seconds * 1000
  const restarts = new Map<string, number>()
  let last = { signature: '', since: performance.now() }
  let said = ''
  for (;;) {
    const containers = await fetchContainers(context, ids)
    for (const { id, restarts: count } of containers) if (!restarts.has(id)) restarts.set(id, count)
    const judged = containers.map(container => ({
      container,
      verdict: judge(container, restarts.get(container.id) ?? 0),
    }))
    const failure = await findFailure(context, judged)
    if (failure) throw failure
    const signature = signatureOf(containers)
    if (signature !== last.signature) last = { signature, since: performance.now() }
    const waiting = judged.filter(({ verdict }) => verdict.state === 'waiting')
    if (waiting.length === 0 && performance.now() - last.since >= moment) return ended(judged)
    if (performance.now() > limit)
      throw notReady(context.environment.name, { seconds, waiting: await reports(context, waiting) })
    const line = waiting.length === 0 ? 'staying up' : `waiting for ${names(waiting).join(', ')}`
    if (line !== said) context.progress(line)
    said = line
    await sleep(pollEvery, undefined, { signal: context.signal })
  }
}

/** The error of the first container that has failed, if one has. */
export async function findFailure(
  context: Looking & Pick<Context, 'environment'>,
  judged: readonly Judged[],
  cause?: unknown,
): Promise<Failure | undefined> {
  const [first] = await reports(
    context,
    judged.filter(({ verdict }) => verdict.state === 'failed').slice(0, 1),
  )
  return first && serviceFailed(context.environment.name, first, cause)
}

function reports(context: Looking, judged: readonly Judged[]): Promise<readonly FailedService[]> {
  return Promise.all(
    judged.map(async ({ container, verdict }) => ({
      service: container.service,
      how: 'how' in verdict ? verdict.how : verdict.state,
      lines: await fetchLastLines(context, container.id),
    })),
  )
}

function ended(judged: readonly Judged[]): readonly string[] {
  return names(judged.filter(({ verdict }) => verdict.state === 'ended'))
}

function names(judged: readonly Judged[]): readonly string[] {
  return [...new Set(judged.map(({ container }) => container.service))].sort()
}
