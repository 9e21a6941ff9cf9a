import type { Database } from '../state/open.js'
import { readAllReachablePorts } from './known-services.js'
import { type EnvironmentRecord, readEnvironments } from './record.js'

/** An item of `piko list --json`. */
export interface ListedEnvironment {
  readonly name: string
  readonly branch: string
  /** As of the last command. */
  readonly status: EnvironmentRecord['status']
  readonly path: string
  readonly url: string | null
  readonly ports: Readonly<Record<string, number>>
  readonly columns: Readonly<Record<string, string>>
  readonly createdAt: string
}

/** The environments of a project, read from its database without plugins or the engine. */
export function listEnvironments(state: Database): readonly ListedEnvironment[] {
  const portsOf = readAllReachablePorts(state)
  return readEnvironments(state).map(({ name, branch, status, path, variables, columns, createdAt }) => {
    const url = variables['PIKO_URL'] ?? null
    return { name, branch, status, path, url, ports: portsOf(name), columns, createdAt }
  })
}
