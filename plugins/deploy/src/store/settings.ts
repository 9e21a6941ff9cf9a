import type { Reading, Writing } from './table.js'

/** How stages of the project are deployed. The table has one row, which the migration made. */
export interface Settings {
  /** Stopped releases that are kept for `piko rollback`. */
  readonly keep: number
  /** How long requests to the old release may take to finish. */
  readonly drainSeconds: number
  readonly healthSeconds: number
  /** The pause between two looks at the registries. */
  readonly watchSeconds: number
}

const columns = {
  keep: 'keep',
  drainSeconds: 'drain_seconds',
  healthSeconds: 'health_seconds',
  watchSeconds: 'watch_seconds',
} as const

export const settingNames = ['keep', 'drainSeconds', 'healthSeconds', 'watchSeconds'] as const

export function readSettings(context: Reading): Settings {
  const [row = {}] = context.read(tables => tables.all('SELECT * FROM deploy_settings WHERE id = 1'))
  const of = (key: keyof Settings) => Number(row[columns[key]])
  return {
    keep: of('keep'),
    drainSeconds: of('drainSeconds'),
    healthSeconds: of('healthSeconds'),
    watchSeconds: of('watchSeconds'),
  }
}

export function updateSettings(context: Writing, changes: Partial<Settings>): Settings {
  context.transaction(tables => {
    for (const key of settingNames) {
      const value = changes[key]
      if (value === undefined) continue
      const sql = `UPDATE deploy_settings SET ${columns[key]} = ?, updated_at = ? WHERE id = 1`
      tables.run(sql, value, new Date().toISOString())
    }
  })
  return readSettings(context)
}

/** The fingerprint of the key that the project's secrets are sealed with. */
export function readKeyId(context: Reading): string | undefined {
  const [row] = context.read(tables => tables.all('SELECT key_id FROM deploy_settings WHERE id = 1'))
  const id = row?.['key_id']
  return typeof id === 'string' ? id : undefined
}

export function setKeyId(context: Writing, id: string): void {
  context.transaction(tables => tables.run('UPDATE deploy_settings SET key_id = ? WHERE id = 1', id))
}
