import { existsSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { registerWorktree } from '../leases/worktrees.js'
import { type Move, movedPath } from '../project/moved-paths.js'
import type { Database } from '../state/open.js'
import { isInside } from '../worktree/location.js'
import { moveWorktrees, separateWorktrees } from '../worktree/repair-worktrees.js'
import type { Repository } from '../worktree/repository.js'
import type { Arrival } from './identify.js'
import { moveRecords, readPaths } from './move-records.js'

interface Settling {
  readonly repository: Repository
  readonly state: Database
  readonly arrival: Arrival
}

/**
 * Makes a moved or copied folder's records and git links those of this folder. Can be repeated after an interruption,
 * as long as the identity still names the old folder. What is generated from the paths is not regenerated here.
 */
export async function settle({ repository, state, arrival }: Settling): Promise<void> {
  const move = { from: arrival.from, to: repository.mainCheckout }
  if (arrival.kind === 'copied') {
    await separateWorktrees(repository, move)
    keepCopied(state, move)
    moveRecords(state, move, path => movedPath(path, move))
  } else {
    moveRecords(state, move, path => newPath(path, move))
    await moveWorktrees(repository, move)
  }
}

/** Records in the machine's registry where the worktrees of a project are. */
export function registerWorktrees(machine: Database, state: Database, project: string): void {
  machine.prepare('DELETE FROM worktrees WHERE project = ?').run(project)
  const rows = state.prepare("SELECT path, 'environment:' || name AS subject FROM environments").all()
  for (const { path, subject } of rows as { path: string; subject: string }[])
    registerWorktree(machine, path, { project, subject })
}

/** A worktree outside the project, such as `../trees/x`, was moved along or stays. */
function newPath(path: string, move: Move): string {
  const inside = movedPath(path, move)
  if (inside !== path || existsSync(path)) return inside
  const beside = resolve(move.to, relative(move.from, path))
  return existsSync(beside) ? beside : path
}

/**
 * Keeps of a copy's environments what was copied along: the worktrees. Their containers, data, ports and names are the
 * original's. An environment whose worktree was not copied is the original's alone.
 */
function keepCopied(state: Database, copy: Move): void {
  const work = state.transaction(() => {
    for (const path of readPaths(state)) {
      const own = movedPath(path, copy)
      const sql = isInside(copy.to, own) && existsSync(own) ? keep : 'DELETE FROM environments WHERE path = ?'
      state.prepare(sql).run(path)
    }
    for (const [table, condition] of kept)
      state.prepare(`DELETE FROM ${table} WHERE NOT (${condition})`).run()
    for (const table of emptied(state)) state.prepare(`DELETE FROM "${table}"`).run()
  })
  work.immediate()
}

const keep = "UPDATE environments SET status = 'prepared' WHERE path = ?"

const ofEnvironments = "subject IN (SELECT 'environment:' || name FROM environments)"

/** What remains of these tables; the others of core and all of plugins are emptied. */
const kept = [
  ['journal', `step = 'core:checkout' AND ${ofEnvironments}`],
  ['facts', `id = 'core.branch-is-ours' AND ${ofEnvironments}`],
] as const

function emptied(state: Database): readonly string[] {
  const others = new Set<string>(['project', 'environments', 'migrations', ...kept.map(([table]) => table)])
  const sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
  const tables = state.prepare(sql).pluck().all() as string[]
  return tables.filter(table => !others.has(table))
}
