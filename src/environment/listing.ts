import type { Database } from '../state/open.js'
import { type EnvironmentRecord, readEnvironments, subjectOf } from './record.js'
import { readPorts } from '../ports/lease.js'

/** One line of `piko list`, as its JSON has it. */
export interface ListedEnvironment {
  readonly name: string
  readonly branch: string
  readonly status: EnvironmentRecord['status']
  readonly path: string
  readonly ports: Readonly<Record<string, number>>
  readonly columns: Readonly<Record<string, string>>
  readonly createdAt: string
}

/** The environments of a project as its database has them; no plugin and no engine is asked. */
export function listEnvironments(state: Database): readonly ListedEnvironment[] {
  return readEnvironments(state).map(({ name, branch, status, path, columns, createdAt }) => {
    return { name, branch, status, path, ports: readPorts(state, subjectOf(name)), columns, createdAt }
  })
}
