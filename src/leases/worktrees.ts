import type { Database } from '../state/open.js'
import type { Owner } from './owner.js'

/** Records whose worktree a folder is, so that piko finds the project from a worktree outside it. */
export function registerWorktree(machine: Database, path: string, owner: Owner): void {
  machine
    .prepare('INSERT OR REPLACE INTO worktrees (path, project, owner) VALUES (?, ?, ?)')
    .run(path, owner.project, owner.subject)
}
