import type { VolumesContext } from '../context.js'

/**
 * The volumes that this run has copied into: a rollback empties them, and an incomplete one shows that piko was killed.
 */

type Reading = Pick<VolumesContext, 'read' | 'environment'>
type Writing = Pick<VolumesContext, 'transaction' | 'environment'>

export function readFilled({ read, environment }: Reading): readonly string[] {
  const sql = 'SELECT volume FROM volumes_filled WHERE environment = ? ORDER BY volume'
  return read(tables => tables.all(sql, environment.name)).map(row => String(row['volume']))
}

/** Whether a copy into it was started but not finished. */
export function isIncomplete({ read, environment }: Reading, volume: string): boolean {
  const sql = "SELECT 1 FROM volumes_filled WHERE environment = ? AND volume = ? AND state = 'copying'"
  return read(tables => tables.all(sql, environment.name, volume)).length > 0
}

export function noteFilled(
  { transaction, environment }: Writing,
  { volume, state }: { readonly volume: string; readonly state: 'copying' | 'copied' },
): void {
  const sql = 'INSERT OR REPLACE INTO volumes_filled (environment, volume, state) VALUES (?, ?, ?)'
  transaction(tables => tables.run(sql, environment.name, volume, state))
}

/** Forgets completed copies of earlier runs, so that a later rollback keeps them. */
export function forgetComplete({ transaction, environment }: Writing): void {
  const sql = "DELETE FROM volumes_filled WHERE environment = ? AND state = 'copied'"
  transaction(tables => tables.run(sql, environment.name))
}

export function forgetFilled({ transaction, environment }: Writing): void {
  transaction(tables => tables.run('DELETE FROM volumes_filled WHERE environment = ?', environment.name))
}
