import type { Migration } from '@piko/sdk'
import { createHash } from 'node:crypto'
import { stateErrors } from '../errors/state.js'
import { backUp } from './backups.js'
import type { Database } from './open.js'

/** The owner of tables: `core`, or a plugin, whose tables start with its name. */
export interface Owner {
  readonly name: string
  readonly migrations: readonly Migration[]
  /** Undefined for core, which may use any table name. */
  readonly tablePrefix?: string
}

interface Applied {
  readonly id: string
  readonly hash: string
}

/**
 * Migrates an owner's tables to the latest version: forward only, in one transaction, after a backup next to the file.
 * Throws if the database is newer than the program, or if an applied migration has since been edited.
 */
export function migrate(database: Database, owner: Owner): void {
  database.exec(
    'CREATE TABLE IF NOT EXISTS migrations (owner TEXT NOT NULL, id TEXT NOT NULL, hash TEXT NOT NULL, applied_at TEXT NOT NULL, PRIMARY KEY (owner, id)) STRICT',
  )
  if (missing(database, owner).length === 0) return
  backUpBefore(database)
  const apply = database.transaction(() => {
    for (const migration of missing(database, owner)) applyOne(database, { owner, migration })
  })
  apply.immediate()
}

function missing(database: Database, owner: Owner): readonly Migration[] {
  const rows = database
    .prepare('SELECT id, hash FROM migrations WHERE owner = ?')
    .all(owner.name) as Applied[]
  const applied = new Map(rows.map(row => [row.id, row.hash]))
  for (const { id, sql } of owner.migrations) {
    const hash = applied.get(id)
    if (hash !== undefined && hash !== hashOf(sql)) {
      throw stateErrors.STATE_MIGRATION_EDITED({ file: database.name, owner: owner.name, migration: id })
    }
    applied.delete(id)
  }
  const [unknown] = applied.keys()
  if (unknown !== undefined)
    throw stateErrors.STATE_NEWER({ file: database.name, owner: owner.name, migration: unknown })
  const done = new Set(rows.map(row => row.id))
  return owner.migrations.filter(migration => !done.has(migration.id))
}

function applyOne(database: Database, { owner, migration }: { owner: Owner; migration: Migration }): void {
  const before = schemaOf(database)
  try {
    database.exec(migration.sql)
  } catch (cause) {
    throw stateErrors.STATE_MIGRATION_FAILED({
      file: database.name,
      owner: owner.name,
      migration: migration.id,
      cause,
    })
  }
  const foreign =
    owner.tablePrefix &&
    changedTables(before, schemaOf(database)).find(table => !table.startsWith(owner.tablePrefix ?? ''))
  if (foreign) throw stateErrors.STATE_TABLE_FOREIGN({ owner: owner.name, table: foreign })
  database
    .prepare('INSERT INTO migrations (owner, id, hash, applied_at) VALUES (?, ?, ?, ?)')
    .run(owner.name, migration.id, hashOf(migration.sql), new Date().toISOString())
}

function schemaOf(database: Database): ReadonlyMap<string, string> {
  const rows = database.prepare('SELECT tbl_name, name, sql FROM sqlite_schema').all() as {
    tbl_name: string
    name: string
    sql: string | null
  }[]
  return new Map(rows.map(row => [row.name, `${row.tbl_name}\n${row.sql ?? ''}`]))
}

function changedTables(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): readonly string[] {
  const entries = [...before, ...after].filter(([name]) => before.get(name) !== after.get(name))
  return entries.map(([, entry]) => entry.split('\n', 1)[0] ?? '')
}

/** Keeps one copy next to the file, from before the newest migration. An empty database is not copied. */
function backUpBefore(database: Database): void {
  const { count } = database.prepare('SELECT count(*) AS count FROM migrations').get() as { count: number }
  if (count > 0 && !database.memory) backUp(database, `${database.name}.before-migration`)
}

function hashOf(sql: string): string {
  return createHash('sha256').update(sql).digest('hex')
}
