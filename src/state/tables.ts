import type { Cell, Tables } from '@piko/sdk'
import { stateErrors } from '../errors/state.js'
import type { Database } from './open.js'

/** A plugin's view of a database. Rejects statements that touch another owner's tables before they run. */
export function tablesOf(
  database: Database,
  owner: { readonly name: string; readonly prefix: string },
): Tables {
  const prepare = (sql: string, values: readonly Cell[]) => {
    refuseForeignTables(database, { sql, values, owner })
    return database.prepare<Cell[], Readonly<Record<string, Cell>>>(sql)
  }
  return {
    all: (sql, ...values) => prepare(sql, values).all(...values),
    run: (sql, ...values) => void prepare(sql, values).run(...values),
  }
}

/** Reads the tables that a statement would open from its compiled program, so that piko does not parse SQL. */
function refuseForeignTables(
  database: Database,
  { sql, values, owner }: { sql: string; values: readonly Cell[]; owner: Parameters<typeof tablesOf>[1] },
): void {
  const program = database.prepare(`EXPLAIN ${sql}`).all(...values) as {
    opcode: string
    p1: number
    p2: number
  }[]
  const pages = program.flatMap(step => pagesOf(step))
  const nameOf = database.prepare('SELECT tbl_name FROM sqlite_schema WHERE rootpage = ?').pluck()
  for (const page of pages) {
    const table = page === 1 ? 'sqlite_schema' : (nameOf.get(page) as string | undefined)
    if (table !== undefined && !table.startsWith(owner.prefix))
      throw stateErrors.STATE_TABLE_FOREIGN({ owner: owner.name, table })
  }
}

/** The root page that an instruction touches: the second operand if it opens a table, the first if it empties one. */
function pagesOf({ opcode, p1, p2 }: { opcode: string; p1: number; p2: number }): readonly number[] {
  if (opening.has(opcode)) return [p2]
  return emptying.has(opcode) ? [p1] : []
}

const opening = new Set(['OpenRead', 'OpenWrite', 'ReopenIdx'])
const emptying = new Set(['Clear', 'Destroy'])
