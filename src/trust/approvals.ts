import type { Database } from '../state/open.js'

/** What an approval is about: a branch, or the commands in the main checkout's `.piko.yml`. */
export type Approved = 'commands' | `branch ${string}`

export interface Approval {
  readonly about: Approved
  /** The line that was approved. */
  readonly item: string
  readonly approvedAt: string
}

/** What the user has approved in a project. Kept in the machine's database, so that no repository can bring its own. */
export function readApprovals(machine: Database, project: string): readonly Approval[] {
  const rows = machine
    .prepare(
      'SELECT about, item, approved_at AS approvedAt FROM approvals WHERE project = ? ORDER BY about, item',
    )
    .all(project)
  return rows as Approval[] // the table is STRICT, and only `approve` writes it
}

/** The items that have not been approved. */
export function withoutApproved(
  machine: Database,
  {
    project,
    about,
    items,
  }: { readonly project: string; readonly about: Approved; readonly items: readonly string[] },
): readonly string[] {
  const find = machine.prepare('SELECT 1 FROM approvals WHERE project = ? AND about = ? AND item = ?')
  return items.filter(item => find.get(project, about, item) === undefined)
}

export function approve(
  machine: Database,
  {
    project,
    about,
    items,
  }: { readonly project: string; readonly about: Approved; readonly items: readonly string[] },
): void {
  const add = machine.prepare(
    'INSERT OR REPLACE INTO approvals (project, about, item, approved_at) VALUES (?, ?, ?, ?)',
  )
  const now = new Date().toISOString()
  machine.transaction(() => items.forEach(item => add.run(project, about, item, now))).immediate()
}

/** Returns how many items were approved before. */
export function revoke(machine: Database, project: string, about: Approved): number {
  return machine.prepare('DELETE FROM approvals WHERE project = ? AND about = ?').run(project, about).changes
}
