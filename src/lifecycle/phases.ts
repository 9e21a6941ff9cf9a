import type { Phase } from '@piko/sdk'

/** One row of the lifecycle's table. */
export interface PhaseRow {
  readonly id: Phase
  /** Whether `piko down` takes it back. */
  readonly down: boolean
  /** Whether `piko destroy` takes it back: what it made is undone, not only forgotten. */
  readonly destroy: boolean
  /** Done once in an environment's life, however often it goes up. */
  readonly once: boolean
  /** The later phases stand on it. It is undone only when they are: a lease or a worktree in use stays. */
  readonly isBase: boolean
  /** Users know what it makes by name: the worktree, containers. What holds data is known in any phase. */
  readonly isSeen: boolean
}

/** The lifecycle, in order. */
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

/** The last phase that needs no engine: where `--no-start` ends. */
export const lastWithoutEngine: Phase = 'prepare'

export function rankOf(phase: Phase): number {
  return phases.findIndex(row => row.id === phase)
}

export function phaseRow(phase: Phase | undefined): PhaseRow | undefined {
  return phases.find(row => row.id === phase)
}
