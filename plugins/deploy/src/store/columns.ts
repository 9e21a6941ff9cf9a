import type { Cell, Json } from '@piko/sdk'

/** How a value of the program is kept in a cell. */
export interface Column<Value> {
  readonly name: string
  read(cell: Cell): Value
  write(value: Value): Cell
}

export function text<Value extends string = string>(name: string): Column<Value> {
  // The table's CHECK admits only the values of the type.
  return { name, read: cell => String(cell) as Value, write: value => value }
}

export function number(name: string): Column<number> {
  return { name, read: Number, write: value => value }
}

export function flag(name: string): Column<boolean> {
  return { name, read: cell => cell === 1, write: value => (value ? 1 : 0) }
}

/** Only this file writes the cell, so that what it reads has the type that was written. */
export function json<Value extends Json>(name: string): Column<Value> {
  return { name, read: cell => JSON.parse(String(cell)) as Value, write: value => JSON.stringify(value) }
}

export function optional<Value>(column: Column<Value>): Column<Value | null> {
  return {
    name: column.name,
    read: cell => (cell === null ? null : column.read(cell)),
    write: value => (value === null ? null : column.write(value)),
  }
}
