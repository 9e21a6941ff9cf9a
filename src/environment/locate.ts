import { existsSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { machineStateDir } from '../system/dirs.js'
import { projectStateFile } from '../state/databases.js'
import { type Database, openForReading } from '../state/open.js'
import { findOwnState } from '../state/own-state.js'

/** A project's state, found without git, for read-only commands. */
export interface LocatedState {
  readonly root: string
  /** Git's own folder of the main checkout. */
  readonly gitDir: string
  readonly state: Database
}

/**
 * Finds the state of the project around a folder: that of the nearest checkout, or that of the project whose worktree
 * contains the folder. Undefined if piko has no state there yet, or if it may not be piko's own.
 */
export function locateState(folder: string): LocatedState | undefined {
  const start = realpathSync(folder)
  for (const above of selfAndParents(start)) {
    if (!existsSync(join(above, '.git'))) continue
    return openAt(above) ?? locateByWorktree(above)
  }
  return undefined
}

function openAt(root: string): LocatedState | undefined {
  const gitDir = findOwnState(root)
  const state = gitDir === undefined ? undefined : openForReading(projectStateFile(root))
  return gitDir !== undefined && state && isOf(state, root) ? { root, gitDir, state } : undefined
}

/** A moved or copied project is refused when its workspace is opened. */
function isOf(state: Database, root: string): boolean {
  const roots = state.prepare('SELECT root FROM project').pluck().all()
  return roots.length === 0 || roots.includes(root)
}

/** A checkout without state is a worktree, in the project's folder or elsewhere. */
function locateByWorktree(checkout: string): LocatedState | undefined {
  const machine = openForReading(join(machineStateDir(), 'machine.db'))
  const root = machine && findRoot(machine, checkout)
  machine?.close()
  return typeof root === 'string' ? openAt(root) : undefined
}

function findRoot(machine: Database, checkout: string): unknown {
  const sql = 'SELECT root FROM worktrees JOIN projects ON projects.id = worktrees.project WHERE path = ?'
  return machine.prepare(sql).pluck().get(checkout)
}

function* selfAndParents(folder: string): Generator<string> {
  yield folder
  if (dirname(folder) !== folder) yield* selfAndParents(dirname(folder))
}
