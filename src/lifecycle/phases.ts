import type { Phase } from '@piko/sdk'

/** One row of the phase table. */
export interface PhaseRow {
  readonly id: Phase
  /** Whether `piko down` undoes it. */
  readonly down: boolean
  /** Whether `piko destroy` undoes it. Otherwise its rows are only forgotten. */
  readonly destroy: boolean
  /** Done once per environment, however often it is started. */
  readonly once: boolean
  /** Later phases depend on it. It is undone only after they are: a lease or worktree in use stays. */
  readonly isBase: boolean
  /** Whether a rollback names what it made: the worktree, containers. Steps that hold data are named in any phase. */
  readonly isSeen: boolean
}

/** The phases, in order. */
export const phases: readonly PhaseRow[] = [
  { id: 'reserve', down: false, destroy: true, once: false, isBase: true, isSeen: false },
  { id: 'checkout', down: false, destroy: true, once: false, isBase: true, isSeen: true },
  { id: 'resolve', down: false, destroy: true, once: false, isBase: false, isSeen: false },
  { id: 'prepare', down: false, destroy: true, once: false, isBase: false, isSeen: false },
  { id: 'data', down: false, destroy: true, once: false, isBase: false, isSeen: false },
  { id: 'start', down: true, destroy: true, once: false, isBase: false, isSeen: true },
  { id: 'setup', down: false, destroy: false, once: true, isBase: false, isSeen: false },
  { id: 'route', down: true, destroy: true, once: false, isBase: false, isSeen: true },
  { id: 'attach', down: true, destroy: true, once: false, isBase: false, isSeen: true },
]

/** The last phase that needs no engine; `--no-start` ends here. */
export const lastWithoutEngine: Phase = 'prepare'

export function rankOf(phase: Phase): number {
  return phases.findIndex(row => row.id === phase)
}

export function phaseRow(phase: Phase | undefined): PhaseRow | undefined {
  return phases.find(row => row.id === phase)
}
