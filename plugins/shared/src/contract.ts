import { apartRun } from '@piko/plugin-compose/contract'
import type { Fact, RunRef } from '@piko/sdk'

/**
 * The contract for other plugins: which services of an environment are shared, and the runs that start and stop them.
 */

/** Names of the services that this environment does not run itself. */
export const sharedFact: Fact<readonly string[]> = { id: 'shared.services' }

/** Starts the project's requested shared services, and attaches them to the environments that use them. */
export const serveRun: RunRef<Serve> = { id: 'shared.serve', subject: 'project' }

export type Serve = {
  /** Also read the Compose files again. Otherwise running services are left as they are. */
  readonly isRefresh: boolean
}

/** Stops all shared services and keeps the data in their named volumes. */
export const stopRun: RunRef<null> = { id: 'shared.stop', subject: 'project' }

/** Compose's run of the shared services. */
export const sharedApart = { run: apartRun, key: 'shared' } as const
