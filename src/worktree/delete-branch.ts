import { countCommitsOnlyOn } from './commits.js'
import { branchHasWork } from './errors.js'
import { git } from './git.js'
import { findBranchTip } from './refs.js'
import type { Repository } from './repository.js'
import { requireFreeBranch } from './resolve-branch.js'

export interface BranchDeletionWish {
  /** Deletes commits that nothing else holds, too. */
  readonly force?: boolean
}

/**
 * Deletes a local branch; none there is success. Like `git branch -d`, refuses one whose commits would be lost; unlike
 * it, takes any other branch, remote-tracking branch, tag, or the main checkout's HEAD as their keeper, and not its
 * upstream or HEAD alone: a new branch without a commit of its own can go, wherever it started.
 * A branch that is checked out is never deleted.
 */
export async function deleteBranch(
  repository: Repository,
  branch: string,
  { force = false }: BranchDeletionWish = {},
): Promise<void> {
  const tip = await findBranchTip(repository, branch)
  if (tip === undefined) return
  await requireFreeBranch(repository, branch)
  const commits = force ? 0 : await countLost(repository, branch, tip)
  if (commits > 0) throw branchHasWork(repository, branch, commits)
  await git(repository.mainCheckout, ['branch', '-D', '--quiet', '--', branch])
}

/** How many commits would be lost with a local branch; none where there is no such branch. */
export async function countLostWith(repository: Repository, branch: string): Promise<number> {
  const tip = await findBranchTip(repository, branch)
  return tip === undefined ? 0 : countLost(repository, branch, tip)
}

async function countLost(repository: Repository, branch: string, tip: string): Promise<number> {
  return (await isMerged(repository, tip)) ? 0 : countCommitsOnlyOn(repository, branch)
}

/** A detached HEAD of the main checkout keeps commits as a branch does; one without a commit keeps none. */
async function isMerged({ mainCheckout }: Repository, tip: string): Promise<boolean> {
  const args = ['merge-base', '--is-ancestor', tip, 'HEAD']
  return (await git(mainCheckout, args, { accept: [1, 128] })).exitCode === 0
}
