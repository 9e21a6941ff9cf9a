import { branchErrors } from '../errors/branch.js'
import { countCommitsOnlyOn } from './commits.js'
import { git } from './git.js'
import { findBranch } from './refs.js'
import type { Repository } from './repository.js'
import { requireFreeBranch } from './resolve-branch.js'

export interface BranchDeletionOptions {
  /** Also deletes commits that are nowhere else. */
  readonly force?: boolean
}

/**
 * Deletes a local branch. Succeeds if there is none. Like `git branch -d`, it refuses to lose commits. Git only looks
 * for them on the upstream or HEAD; this accepts any other branch, remote-tracking branch or tag, or the main
 * checkout's HEAD, so that a new branch without commits of its own can be deleted wherever it started. Never deletes a
 * branch that is checked out.
 */
export async function deleteBranch(
  repository: Repository,
  branch: string,
  { force = false }: BranchDeletionOptions = {},
): Promise<void> {
  const found = await findBranch(repository, branch)
  if (!found) return
  await requireFreeBranch(repository, { ...found, branch })
  const commits = force ? 0 : await countLost(repository, branch, found.commit)
  if (commits > 0) throw branchErrors.BRANCH_UNMERGED({ ...repository, branch, commits })
  await git(repository.mainCheckout, ['branch', '-D', '--quiet', '--', branch])
}

/** How many commits deleting a local branch would lose. Zero if there is no such branch. */
export async function countLostWith(repository: Repository, branch: string): Promise<number> {
  const found = await findBranch(repository, branch)
  return found ? countLost(repository, branch, found.commit) : 0
}

async function countLost(repository: Repository, branch: string, tip: string): Promise<number> {
  return (await isMerged(repository, tip)) ? 0 : countCommitsOnlyOn(repository, branch)
}

/** A detached HEAD of the main checkout keeps commits as a branch does. A HEAD without a commit keeps none. */
async function isMerged({ mainCheckout }: Repository, tip: string): Promise<boolean> {
  const args = ['merge-base', '--is-ancestor', tip, 'HEAD']
  return (await git(mainCheckout, args, { accept: [1, 128] })).exitCode === 0
}
