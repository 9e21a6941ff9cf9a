import type { Cell, Changes, Environment, Migration, Tables } from '@piko/sdk'
import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Event, eventsOf, folderOf, readNames } from './process/files.js'

export const migrations: readonly Migration[] = [
  {
    id: '1-history',
    sql: `
      CREATE TABLE processes_history (
        id INTEGER PRIMARY KEY,
        environment TEXT NOT NULL,
        process TEXT NOT NULL,
        at TEXT NOT NULL,
        event TEXT NOT NULL CHECK (event IN ('started', 'ended')),
        code INTEGER
      ) STRICT;
      CREATE INDEX processes_history_environment ON processes_history (environment, process)`,
  },
]

interface Place extends Pick<Changes, 'transaction'> {
  readonly environment: Pick<Environment, 'name' | 'stateDir'>
}

/** Moves the events recorded by supervisors into the table, which supervisors cannot access. */
export function collectHistory({ environment, transaction }: Place): void {
  for (const process of readNames(environment)) {
    const events = takeEvents(eventsOf(join(folderOf(environment), process)))
    transaction(tables => {
      for (const { at, event, code } of events) {
        const values: readonly Cell[] = [environment.name, process, at, event, code]
        tables.run(
          'INSERT INTO processes_history (environment, process, at, event, code) VALUES (?, ?, ?, ?, ?)',
          ...values,
        )
      }
    })
  }
}

/** Latest first. */
export function readHistory(tables: Pick<Tables, 'all'>, environment: string, count: number) {
  return tables.all(
    'SELECT process, at, event, code FROM processes_history WHERE environment = ? ORDER BY at DESC, id DESC LIMIT ?',
    environment,
    count,
  )
}

export function forgetHistory({ environment, transaction }: Place): void {
  transaction(tables => tables.run('DELETE FROM processes_history WHERE environment = ?', environment.name))
}

/** Renames the file first: the supervisor continues in a new one. */
function takeEvents(file: string): readonly Event[] {
  if (!existsSync(file)) return []
  const taken = `${file}.${process.pid}`
  renameSync(file, taken)
  const lines = readFileSync(taken, 'utf8').trimEnd().split('\n')
  rmSync(taken)
  return lines.map(line => JSON.parse(line) as Event) // only the supervisor writes it
}
