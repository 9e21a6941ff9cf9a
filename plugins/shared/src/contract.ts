import { apartRun } from '@piko/plugin-compose/contract'
import type { Fact, RunRef } from '@piko/sdk'

/** The door for other plugins: which services of an environment are shared, and what runs them. */

/** The services that this environment does not run itself, by name. */
export const sharedFact: Fact<readonly string[]> = { id: 'shared.services' }

/** Starts the shared services of the project that are to run, and attaches them to the environments that use them. */
export const serveRun: RunRef<Serve> = { id: 'shared.serve', subject: 'project' }

export type Serve = {
  /** Looks at the Compose files again, too; else what runs is left as it is. */
  readonly isRefresh: boolean
}

/** Stops all shared services; their data stays. */
export const stopRun: RunRef<null> = { id: 'shared.stop', subject: 'project' }

/** The run of Compose's that the shared services are. */
export const sharedApart = { run: apartRun, key: 'shared' } as const
