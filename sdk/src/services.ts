import type { Slot } from './slots.js'

/**
 * Services of the project that this environment does not run, such as those of inactive profiles. `env:` entries that
 * refer to their ports are skipped.
 */
export const skippedServicesSlot: Slot<readonly string[]> = { id: 'core.skipped-services' }

/** What is known about an environment's service without contacting an engine. */
export interface KnownService {
  /** Host ports by container port: `5432/tcp` → 10110. */
  readonly ports?: Readonly<Record<string, number>>
  readonly url?: string
  /** Whether its container serves several environments. */
  readonly isShared?: boolean
}

/** The current state of a service's container. */
export interface ServiceState {
  readonly service: string
  /** Its number within the service, from 1. */
  readonly replica: number
  readonly container: string
  /** Docker's state: `running`, `exited`, `restarting`, `created`, `paused`, `dead`. */
  readonly state: string
  readonly health: 'healthy' | 'unhealthy' | 'starting' | null
  /** Set if it has exited. */
  readonly exitCode: number | null
  /** How often the engine has restarted it since its creation. */
  readonly restarts: number
  /** Whether it is a one-shot that exited with 0, as intended. */
  readonly isDone: boolean
  readonly isShared: boolean
}

/** Something of an environment that uses disk space. */
export interface Size {
  readonly what: 'worktree' | 'volume' | 'image'
  readonly name: string
  /** Null if unknown. */
  readonly bytes: number | null
}

/** What plugins that are asked at the same time share. */
export interface Asked {
  /** Asks once per key; later calls with the key get the same answer. */
  once<Answer>(key: string, ask: () => Promise<Answer>): Promise<Answer>
}
