import { setMaxListeners } from 'node:events'
import { lifecycleErrors } from '../errors/lifecycle.js'

/** The first Ctrl-C stops the run and starts the rollback, the second stops the rollback. A third exits the process. */
export interface Interrupt {
  readonly first: AbortSignal
  readonly second: AbortSignal
  dispose(): void
}

/** Listens for SIGINT, SIGTERM and SIGHUP until disposed. */
export function listenForInterrupt(): Interrupt {
  const [first, second] = [new AbortController(), new AbortController()]
  setMaxListeners(0, first.signal, second.signal) // as in time-limit.ts
  const onSignal = () => {
    if (second.signal.aborted) process.exit(130) // the running step ignores its signal; the journal is valid at any time
    if (first.signal.aborted) second.abort(lifecycleErrors.RUN_INTERRUPTED({}))
    else first.abort(lifecycleErrors.RUN_INTERRUPTED({}))
  }
  for (const signal of signals) process.on(signal, onSignal)
  return {
    first: first.signal,
    second: second.signal,
    dispose: () => {
      for (const signal of signals) process.off(signal, onSignal)
    },
  }
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
