import type { StepContext } from '@piko/sdk'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Looking } from '../docker.js'
import { fetchOwnContainers } from '../engine/containers.js'
import { ownerOf } from '../labels.js'
import { isLooping, judge } from './judge.js'
import { findFailure } from './wait.js'

type Context = Looking & Pick<StepContext<unknown>, 'environment' | 'project'>

const lookEvery = 1000

/**
 * Runs `work`, which waits for containers, under a signal that is aborted with the failure of the first one that keeps
 * ending: Compose waits without end for a service that others depend on and that is restarted for ever.
 */
export async function underWatch<Result>(
  context: Context,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const [failed, over] = [new AbortController(), new AbortController()]
  const watching = watch(context, { failed, over: over.signal }).catch(() => undefined) // `work` says what is wrong
  try {
    return await work(failed.signal)
  } finally {
    over.abort()
    await watching
  }
}

async function watch(
  context: Context,
  { failed, over }: { readonly failed: AbortController; readonly over: AbortSignal },
): Promise<void> {
  const restarts = new Map<string, number>()
  while (!over.aborted) {
    await sleep(lookEvery, undefined, { signal: AbortSignal.any([over, context.signal]) })
    const containers = await fetchOwnContainers(context, ownerOf(context))
    for (const { id, restarts: count } of containers) if (!restarts.has(id)) restarts.set(id, count)
    const looping = containers
      .filter(container => isLooping(container, restarts.get(container.id) ?? 0))
      .map(container => ({ container, verdict: judge(container, restarts.get(container.id) ?? 0) }))
    const failure = await findFailure(context, looping)
    if (failure) return failed.abort(failure)
  }
}
