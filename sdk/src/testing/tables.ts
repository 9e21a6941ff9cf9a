import { failure } from '../errors.js'
import type { Cell, Migration, Tables } from '../tables.js'

/** What `node:sqlite` (Node 22.5 and later) and `better-sqlite3` both have. */
export interface TestDatabase {
  exec(sql: string): unknown
  /** They type the values differently, but both take strings, numbers and null. */
  prepare(sql: string): { all(...values: never[]): unknown[]; run(...values: never[]): unknown }
}

interface Statement {
  all(...values: readonly Cell[]): Readonly<Record<string, Cell>>[]
  run(...values: readonly Cell[]): unknown
}

/**
 * A plugin's tables, created by its migrations, for `createTestContext({ tables })`. Throws if a table lacks the
 * plugin's prefix.
 *
 *     testTables(new DatabaseSync(':memory:'), plugin)
 */
export function testTables(
  database: TestDatabase,
  { name, migrations = [] }: { readonly name: string; readonly migrations?: readonly Migration[] },
): Tables {
  for (const { sql } of migrations) database.exec(sql)
  const prepare = (sql: string) => database.prepare(sql) as Statement
  const tables: Tables = {
    all: (sql, ...values) => prepare(sql).all(...values),
    run: (sql, ...values) => void prepare(sql).run(...values),
  }
  requireOwnNames(tables, `${name.replaceAll('-', '_')}_`)
  return tables
}

function requireOwnNames(tables: Tables, prefix: string): void {
  for (const { name } of tables.all("SELECT name FROM sqlite_schema WHERE type = 'table'")) {
    if (String(name).startsWith(prefix) || String(name).startsWith('sqlite_')) continue
    const message = `The table ${name} is not named ${prefix}…`
    throw failure({ code: 'TEST_TABLES', message, kind: 'plugin' })
  }
}
