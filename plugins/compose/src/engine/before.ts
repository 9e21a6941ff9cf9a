import type { SiteContext } from '../site.js'

/** What existed when a step began. A rollback undoes only its own run: data must outlive a failed `up`. */
type Kind = 'container' | 'image' | 'network' | 'volume'
type Context = Pick<SiteContext, 'environment' | 'read' | 'transaction' | 'verb'>

export function recordBefore(context: Context, kind: Kind, names: readonly string[]): void {
  const { name: environment } = context.environment
  context.transaction(tables => {
    tables.run('DELETE FROM compose_before WHERE environment = ? AND kind = ?', environment, kind)
    for (const name of names) {
      tables.run(
        'INSERT INTO compose_before (environment, kind, name) VALUES (?, ?, ?)',
        environment,
        kind,
        name,
      )
    }
  })
}

/** What this undo must keep: in a rollback, what existed before; otherwise nothing. */
export function readSpared(context: Context, kind: Kind): ReadonlySet<string> {
  if (context.verb !== 'rollback') return new Set()
  const { name: environment } = context.environment
  const sql = 'SELECT name FROM compose_before WHERE environment = ? AND kind = ?'
  return new Set(context.read(tables => tables.all(sql, environment, kind)).map(row => String(row['name'])))
}

/** Forgets these records once nothing of the environment is left. */
export function forgetBefore(context: Context): void {
  const sql = 'DELETE FROM compose_before WHERE environment = ?'
  context.transaction(tables => tables.run(sql, context.environment.name))
}
