import { setMaxListeners } from 'node:events'
import { lifecycleErrors } from '../errors/lifecycle.js'

/** Ctrl-C, twice: the first ends the run and starts the way back, the second ends that too. A third one ends the process. */
export interface Interrupt {
  readonly first: AbortSignal
  readonly second: AbortSignal
  dispose(): void
}

/** Listens to SIGINT, SIGTERM and SIGHUP until it is disposed. */
export function listenForInterrupt(): Interrupt {
  const [first, second] = [new AbortController(), new AbortController()]
  setMaxListeners(0, first.signal, second.signal) // as in time-limit.ts
  const onSignal = () => {
    if (second.signal.aborted) process.exit(130) // whoever is at work listens to no signal; the journal is right at any time
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
