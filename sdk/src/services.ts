import type { Slot } from './slots.js'

/**
 * Services of the project that this environment does not run, such as those of inactive profiles. Entries of `env:` that name
 * a port of theirs are skipped.
 */
export const skippedServicesSlot: Slot<readonly string[]> = { id: 'core.skipped-services' }

/** What plugins know of an environment's service without asking anybody. */
export interface KnownService {
  /** Host ports by what listens inside: `5432/tcp` → 10110. */
  readonly ports?: Readonly<Record<string, number>>
  readonly url?: string
  /** One container serves several environments. */
  readonly isShared?: boolean
}

/** A container of an environment's service, as it is now. */
export interface ServiceState {
  readonly service: string
  /** From 1 within the service. */
  readonly replica: number
  readonly container: string
  /** In Docker's words: `running`, `exited`, `restarting`, `created`, `paused`, `dead`. */
  readonly state: string
  readonly health: 'healthy' | 'unhealthy' | 'starting' | null
  /** Of what has ended. */
  readonly exitCode: number | null
  /** How often the engine has restarted it since it was created. */
  readonly restarts: number
  /** It ended with 0, as it is meant to: a one-shot. */
  readonly isDone: boolean
  readonly isShared: boolean
}

/** Something of an environment that takes room on the disk. */
export interface Size {
  readonly what: 'worktree' | 'volume' | 'image'
  readonly name: string
  /** Null where nobody can say. */
  readonly bytes: number | null
}

/** What the plugins that are asked at the same time have in common. */
export interface Asked {
  /** Asks a question under a key; whoever asks it again gets the same answer. */
  once<Answer>(key: string, ask: () => Promise<Answer>): Promise<Answer>
}
