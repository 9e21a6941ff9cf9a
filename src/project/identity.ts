import type { Project } from '@piko/sdk'
import type { Database } from '../state/open.js'

/** What a project's database says of the project. Without an id, a version before ids wrote it. */
export interface Identity extends Omit<Project, 'id'> {
  readonly id: string | undefined
}

/** Undefined if the database is new. Throws if a version before ids created its tables and they are not migrated. */
export function readIdentity(state: Database): Identity | undefined {
  const row = state.prepare('SELECT id, root, name FROM project ORDER BY rowid DESC').get()
  if (row === undefined) return undefined
  const { id, root, name } = row as { id: string | null; root: string; name: string } // the table is STRICT
  return { id: id ?? undefined, root, name, formerRoots: readFormerRoots(state) }
}

/** The only row of its table; a root that it replaces becomes a former one. */
export function writeIdentity(state: Database, { id, root, name }: Omit<Project, 'formerRoots'>): void {
  const write = state.transaction(() => {
    const before = readIdentity(state)
    if (before && before.root !== root) addFormerRoot(state, before.root)
    state.prepare('DELETE FROM project').run()
    state.prepare('INSERT INTO project (id, root, name) VALUES (?, ?, ?)').run(id, root, name)
    state.prepare('DELETE FROM former_roots WHERE root = ?').run(root)
  })
  write.immediate()
}

/** Whether anything was created under this identity. */
export function isInUse(state: Database): boolean {
  return state.prepare('SELECT 1 FROM environments UNION ALL SELECT 1 FROM journal').get() !== undefined
}

function readFormerRoots(state: Database): readonly string[] {
  const rows = state.prepare('SELECT root FROM former_roots ORDER BY rowid DESC').pluck().all()
  return rows as string[] // the table is STRICT
}

function addFormerRoot(state: Database, root: string): void {
  state.prepare('INSERT OR REPLACE INTO former_roots (root) VALUES (?)').run(root)
}
