import type { Workspace } from '../workspace/open.js'
import { findWorktree } from '../worktree/list-worktrees.js'
import { hasBranch } from '../worktree/refs.js'
import { type EnvironmentRecord, readEnvironments, setBranch } from './record.js'

/** Records the new name of a branch that was renamed: the old one is gone, and the worktree is on one that is free. */
export async function followBranch(
  { state, repository }: Pick<Workspace, 'state' | 'repository'>,
  record: EnvironmentRecord,
): Promise<EnvironmentRecord> {
  if (await hasBranch(repository, record.branch)) return record
  const branch = (await findWorktree(repository, record.path))?.branch
  if (branch === undefined || readEnvironments(state).some(other => other.branch === branch)) return record
  setBranch(state, record.name, branch)
  return { ...record, branch }
}
