import type { Environment, EnvironmentStatus } from '@piko/sdk'
import { join } from 'node:path'
import { environmentErrors } from '../errors/environment.js'
import { forgetPorts, readPorts } from '../ports/lease.js'
import { validVariables } from '../project/variable-name.js'
import type { Database } from '../state/open.js'

/** A row of the table `environments`. */
export interface EnvironmentRecord {
  readonly id: number
  readonly name: string
  readonly branch: string
  readonly path: string
  readonly status: EnvironmentStatus
  readonly variables: Readonly<Record<string, string>>
  /** Cells that plugins add to `piko list`, by column title. */
  readonly columns: Readonly<Record<string, string>>
  /** The words that commands accept after its name: its services. */
  readonly targets: readonly string[]
  readonly createdAt: string
}

/** An environment's name, branch and path. */
export type Identity = Pick<EnvironmentRecord, 'name' | 'branch' | 'path'>

/** The subject of an environment's runs and leases. */
export function subjectOf(name: string): string {
  return `environment:${name}`
}

export function readEnvironments(state: Database): readonly EnvironmentRecord[] {
  return state.prepare('SELECT * FROM environments ORDER BY name').all().map(toRecord)
}

export function findRecord(state: Database, name: string): EnvironmentRecord | undefined {
  const row = state.prepare('SELECT * FROM environments WHERE name = ?').get(name)
  return row === undefined ? undefined : toRecord(row)
}

/** Adds an environment under the lowest free number. */
export function addRecord(state: Database, environment: Identity): EnvironmentRecord {
  const add = state.transaction(() => {
    const taken = new Set(state.prepare('SELECT id FROM environments').pluck().all())
    const clash = state
      .prepare('SELECT name FROM environments WHERE branch = ?')
      .pluck()
      .get(environment.branch)
    if (typeof clash === 'string')
      throw environmentErrors.ENVIRONMENT_BRANCH_TAKEN({ branch: environment.branch, environment: clash })
    let id = 1
    while (taken.has(id)) id++
    state
      .prepare(
        "INSERT INTO environments (id, name, branch, path, status, created_at) VALUES (?, ?, ?, ?, 'creating', ?)",
      )
      .run(id, environment.name, environment.branch, environment.path, new Date().toISOString())
    return toRecord(state.prepare('SELECT * FROM environments WHERE id = ?').get(id))
  })
  return add.immediate()
}

export function setStatus(state: Database, name: string, status: EnvironmentStatus): void {
  state.prepare('UPDATE environments SET status = ? WHERE name = ?').run(status, name)
}

export function setPath(state: Database, name: string, path: string): void {
  state.prepare('UPDATE environments SET path = ? WHERE name = ?').run(path, name)
}

export function setBranch(state: Database, name: string, branch: string): void {
  state.prepare('UPDATE environments SET branch = ? WHERE name = ?').run(branch, name)
}

export function saveKnown(
  state: Database,
  name: string,
  known: Pick<EnvironmentRecord, 'variables' | 'columns' | 'targets'>,
): void {
  state
    .prepare('UPDATE environments SET variables = ?, columns = ?, targets = ? WHERE name = ?')
    .run(JSON.stringify(known.variables), JSON.stringify(known.columns), JSON.stringify(known.targets), name)
}

export function removeRecord(state: Database, name: string): void {
  forgetPorts(state, subjectOf(name))
  state.prepare('DELETE FROM environments WHERE name = ?').run(name)
}

/** The environment as plugins see it. */
export function toEnvironment(state: Database, root: string, record: EnvironmentRecord): Environment {
  const { id, name, branch, path, status, variables } = record
  return {
    id,
    name,
    branch,
    path,
    status,
    variables,
    ports: readPorts(state, subjectOf(name)),
    stateDir: stateDirOf(root, name),
  }
}

export function stateDirOf(root: string, name: string): string {
  return join(root, '.piko', 'environments', name)
}

function toRecord(value: unknown): EnvironmentRecord {
  const row = value as Record<
    'name' | 'branch' | 'path' | 'variables' | 'columns' | 'targets' | 'created_at',
    string
  > & {
    id: number
    status: EnvironmentStatus
  } // the table is STRICT, and its CHECK lists the statuses
  return {
    id: row.id,
    name: row.name,
    branch: row.branch,
    path: row.path,
    status: row.status,
    variables: validVariables(JSON.parse(row.variables) as Record<string, string>),
    columns: JSON.parse(row.columns) as Record<string, string>,
    targets: JSON.parse(row.targets) as string[],
    createdAt: row.created_at,
  }
}
