import { type Move, movedJson } from '../project/moved-paths.js'
import type { Database } from '../state/open.js'

/** The columns that contain paths inside JSON. */
const columns = [
  ['environments', 'variables'],
  ['environments', 'columns'],
  ['journal', 'receipt'],
  ['journal', 'input'],
  ['facts', 'value'],
  ['warnings', 'warning'],
] as const

/** Replaces a moved folder's path in everything recorded. `newPath` decides about each worktree. */
export function moveRecords(state: Database, move: Move, newPath: (worktree: string) => string): void {
  const work = state.transaction(() => {
    const update = state.prepare('UPDATE environments SET path = ? WHERE path = ?')
    for (const path of readPaths(state)) update.run(newPath(path), path)
    for (const [table, column] of columns) moveTexts(state, { table, column, move })
  })
  work.immediate()
}

export function readPaths(state: Database): readonly string[] {
  return state.prepare('SELECT path FROM environments').pluck().all() as string[]
}

function moveTexts(
  state: Database,
  { table, column, move }: { readonly table: string; readonly column: string; readonly move: Move },
): void {
  const sql = `SELECT rowid AS id, ${column} AS json FROM ${table} WHERE ${column} IS NOT NULL`
  const update = state.prepare(`UPDATE ${table} SET ${column} = ? WHERE rowid = ?`)
  for (const { id, json } of state.prepare(sql).all() as { id: number; json: string }[]) {
    const moved = movedJson(json, move)
    if (moved !== json) update.run(moved, id)
  }
}
