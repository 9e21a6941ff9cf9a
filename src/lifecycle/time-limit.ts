import { setMaxListeners } from 'node:events'
import { lifecycleErrors } from '../errors/lifecycle.js'

const defaultSeconds = 600
/** How long an aborted step may take to react before the run continues without it. */
const graceMilliseconds = 10_000
/** The longest delay of a timer; a longer one would fire at once. */
const maxMilliseconds = 2 ** 31 - 1

export interface TimeLimit {
  readonly step: string
  readonly seconds: number | undefined
  readonly signal: AbortSignal
}

/**
 * Runs `work` with a signal that is aborted by `signal` or when the time is up. Then rejects with that signal's reason,
 * even if `work` ignores it.
 */
export async function withTimeLimit<Result>(
  { step, seconds = defaultSeconds, signal }: TimeLimit,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  signal.throwIfAborted()
  const limit = new AbortController()
  const milliseconds = Math.min(seconds * 1000, maxMilliseconds)
  const timer = setTimeout(() => limit.abort(lifecycleErrors.STEP_TIMED_OUT({ step, seconds })), milliseconds)
  const either = AbortSignal.any([signal, limit.signal])
  setMaxListeners(0, either) // many concurrent engine queries are no leak
  const deadline = rejectAfterAbort(either)
  try {
    return await Promise.race([work(either), deadline.promise])
  } catch (error) {
    either.throwIfAborted()
    throw error
  } finally {
    clearTimeout(timer)
    deadline.cancel()
  }
}

function rejectAfterAbort(signal: AbortSignal): { readonly promise: Promise<never>; cancel(): void } {
  let timer: NodeJS.Timeout | undefined
  let onAbort: () => void = () => undefined
  const promise = new Promise<never>((_, reject) => {
    onAbort = () => {
      timer = setTimeout(() => reject(signal.reason as Error), graceMilliseconds)
    }
    signal.addEventListener('abort', onAbort, { once: true })
  })
  const cancel = () => {
    clearTimeout(timer)
    signal.removeEventListener('abort', onAbort)
  }
  return { promise, cancel }
}
