import type { Cell, Changes, Context, Failure } from '@piko/sdk'
import { randomUUID } from 'node:crypto'
import type { Column } from './columns.js'

/** What reads and writes the plugin's tables: a context of a command or of a step. */
export type Reading = Pick<Context<unknown>, 'read'>
export type Writing = Reading & Pick<Changes, 'transaction'>

type Columns = Readonly<Record<string, Column<never>>>
type ValueOf<Any> = Any extends Column<infer Value> ? Value : never

/** What every row has besides its own columns. Times are UTC. */
interface Stamped {
  readonly id: string
  readonly createdAt: string
  /** The same as `createdAt` in a table whose rows never change. */
  readonly updatedAt: string
}

/** The values of a row's own columns. */
type Values<Own> = { readonly [Key in keyof Own]: ValueOf<Own[Key]> }
export type Row<Own> = Stamped & Values<Own>

export interface TableDefinition<Own> {
  readonly name: string
  readonly columns: Own
  /** The column of its parent's id, if it has one. */
  readonly parent?: string
  /** False for a table whose rows never change. */
  readonly isUpdated?: boolean
  readonly notFound: (id: string) => Failure
}

/** Typed create, read, update and delete of one table. */
export interface Table<Own> {
  create(context: Writing, values: Values<Own>): Row<Own>
  find(context: Reading, id: string): Row<Own> | undefined
  /** Throws the table's not-found error. */
  require(context: Reading, id: string): Row<Own>
  /** Oldest first. */
  all(context: Reading): readonly Row<Own>[]
  of(context: Reading, parent: string): readonly Row<Own>[]
  /** Newest first. */
  recent(context: Reading, count: number): readonly Row<Own>[]
  where(context: Reading, key: keyof Own & string, value: Cell): readonly Row<Own>[]
  /** Throws the table's not-found error. */
  update(context: Writing, id: string, changes: Partial<Values<Own>>): Row<Own>
  remove(context: Writing, id: string): void
}

export function defineTable<Own>(definition: TableDefinition<Own>): Table<Own> {
  const { name, parent, isUpdated = true, notFound } = definition
  const own = definition.columns as Columns // every value is a column; only its type differs
  const toRow = (cells: Readonly<Record<string, Cell>>) => readRow(own, cells) as Row<Own> // as its columns say
  const select = (context: Reading, rest: string, ...values: readonly Cell[]) =>
    context.read(tables => tables.all(`SELECT * FROM ${name} ${rest}`, ...values)).map(toRow)
  const find = (context: Reading, id: string) => select(context, 'WHERE id = ?', id)[0]
  const require = (context: Reading, id: string) => {
    const row = find(context, id)
    if (!row) throw notFound(id)
    return row
  }
  const where: Table<Own>['where'] = (context, key, value) =>
    select(context, `WHERE ${own[key]?.name ?? ''} = ? ORDER BY rowid`, value)
  return {
    find,
    require,
    where,
    all: context => select(context, 'ORDER BY rowid'),
    of: (context, id) => select(context, `WHERE ${parent ?? 'id'} = ? ORDER BY rowid`, id),
    recent: (context, count) => select(context, 'ORDER BY rowid DESC LIMIT ?', count),
    create(context, values) {
      const id = randomUUID()
      const now = new Date().toISOString()
      const cells = {
        id,
        ...cellsOf(own, values),
        created_at: now,
        ...(isUpdated ? { updated_at: now } : {}),
      }
      const keys = Object.keys(cells)
      const sql = `INSERT INTO ${name} (${keys.join(', ')}) VALUES (${keys.map(() => '?').join(', ')})`
      context.transaction(tables => tables.run(sql, ...Object.values<Cell>(cells)))
      return require(context, id)
    },
    update(context, id, changes) {
      require(context, id)
      const cells = { ...cellsOf(own, changes), updated_at: new Date().toISOString() }
      const set = Object.keys(cells).map(key => `${key} = ?`)
      const sql = `UPDATE ${name} SET ${set.join(', ')} WHERE id = ?`
      context.transaction(tables => tables.run(sql, ...Object.values<Cell>(cells), id))
      return require(context, id)
    },
    remove: (context, id) =>
      context.transaction(tables => tables.run(`DELETE FROM ${name} WHERE id = ?`, id)),
  }
}

function readRow(columns: Columns, cells: Readonly<Record<string, Cell>>): object {
  const own = Object.entries(columns).map(([key, column]) => [key, column.read(cells[column.name] ?? null)])
  const createdAt = String(cells['created_at'])
  const stamps = { id: String(cells['id']), createdAt, updatedAt: String(cells['updated_at'] ?? createdAt) }
  return { ...stamps, ...(Object.fromEntries(own) as object) }
}

function cellsOf(columns: Columns, values: object): Readonly<Record<string, Cell>> {
  const given = Object.entries(values).filter(([key, value]) => value !== undefined && key in columns)
  return Object.fromEntries(
    given.flatMap(([key, value]) => {
      const column = columns[key]
      return column ? [[column.name, column.write(value as never)]] : [] // the column's own type
    }),
  )
}
