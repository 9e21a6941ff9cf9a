import { join } from 'node:path'
import { isCheckoutOf } from './clear-way.js'
import { countCommitsOnlyOn, countDetachedCommits, countSubmoduleCommits } from './commits.js'
import { findPath } from './find-repository.js'
import { findBranchInRebase, findOperation, type Operation } from './in-progress.js'
import { findWorktree, type Worktree } from './list-worktrees.js'
import { readChanges } from './read-changes.js'
import type { Repository } from './repository.js'
import { countStashes } from './stashes.js'
import { readSubmodules } from './submodules.js'

/** The work in a worktree. A branch that stays keeps its commits, so two kinds of loss are told apart. */
export interface Work {
  /** The branch; during a rebase, the one that is rebased. */
  readonly branch: string | undefined
  readonly detached: boolean
  readonly inProgress: Operation | undefined
  /** Lost if the worktree goes: paths, relative to it, that are changed, staged or untracked; not ignored ones. */
  readonly uncommitted: readonly string[]
  /** Lost if the worktree goes: commits of a detached HEAD that no branch, remote-tracking branch or tag holds. */
  readonly detachedCommits: number
  /** Lost if the worktree goes: commits in its submodules (their repositories go with it) that were never pushed. */
  readonly submoduleCommits: number
  /** Lost if the branch goes too: commits that no other branch, remote-tracking branch or tag holds. */
  readonly unpushed: number
  /** Stash entries made on the branch. The repository keeps them, whatever goes. */
  readonly stashes: number
}

/** Looks at the work in a worktree, changing nothing. Where the folder is gone, the registration tells of the rest. */
export async function observeWork(repository: Repository, path: string): Promise<Work> {
  const worktree = await findWorktree(repository, path)
  const gitDir = (await isCheckoutOf(repository, path)) ? await findPath(path, ['--git-dir']) : undefined
  const branch = worktree?.branch ?? (gitDir === undefined ? undefined : await findBranchInRebase(gitDir))
  return {
    branch,
    detached: worktree !== undefined && worktree.branch === undefined,
    inProgress: gitDir === undefined ? undefined : await findOperation(gitDir),
    uncommitted: gitDir === undefined ? [] : await readChanges(path),
    detachedCommits: await countDetached(repository, worktree),
    submoduleCommits: gitDir === undefined ? 0 : await countInSubmodules(path),
    unpushed: branch === undefined ? 0 : await countCommitsOnlyOn(repository, branch),
    stashes: branch === undefined ? 0 : await countStashes(repository, branch),
  }
}

/** The worktree cannot go without loss, whatever becomes of its branch. */
export function wouldLoseWork(work: Work): boolean {
  return work.uncommitted.length > 0 || work.detachedCommits > 0 || work.submoduleCommits > 0
}

async function countDetached(repository: Repository, worktree: Worktree | undefined): Promise<number> {
  if (worktree === undefined || worktree.branch !== undefined) return 0
  return countDetachedCommits(repository, worktree.head)
}

async function countInSubmodules(checkout: string): Promise<number> {
  const { here } = await readSubmodules(checkout)
  const counts = here.map(async path => {
    const submodule = join(checkout, path)
    return (await countSubmoduleCommits(submodule)) + (await countInSubmodules(submodule))
  })
  return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0)
}
