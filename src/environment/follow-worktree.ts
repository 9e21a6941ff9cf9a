import { registerWorktree } from '../leases/worktrees.js'
import { moveRecords } from '../workspace/move-records.js'
import type { Workspace } from '../workspace/open.js'
import { findMovedWorktree } from '../worktree/find-moved-worktree.js'
import { repairWorktrees } from '../worktree/repair-worktrees.js'
import { readEnvironments, subjectOf } from './record.js'

/** An environment whose worktree folder was renamed or moved. */
export interface Followed {
  readonly name: string
  readonly from: string
  readonly to: string
}

/** Finds environments whose worktrees are elsewhere now. Changes nothing. */
export async function findMovedWorktrees({
  state,
  repository,
}: Pick<Workspace, 'state' | 'repository'>): Promise<readonly Followed[]> {
  const records = readEnvironments(state)
  const found = records.map(async ({ name, path, branch }) => {
    const to = await findMovedWorktree(repository, { path, branch })
    const isTaken = records.some(other => other.path === to)
    return to === undefined || isTaken ? [] : [{ name, from: path, to }]
  })
  return (await Promise.all(found)).flat()
}

/** Records the new places of renamed worktrees and links them again. What is generated from them is not regenerated. */
export async function followWorktrees(workspace: Workspace): Promise<readonly Followed[]> {
  const { state, machine, repository, project } = workspace
  const moved = await findMovedWorktrees(workspace)
  for (const { name, from, to } of moved) {
    moveRecords(state, { from, to }, path => (path === from ? to : path))
    registerWorktree(machine, to, { project: project.id, subject: subjectOf(name) })
    machine.prepare('DELETE FROM worktrees WHERE path = ?').run(from)
    await repairWorktrees(repository, [to])
  }
  return moved
}
