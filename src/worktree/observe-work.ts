import { join } from 'node:path'
import { findGitDir } from './clear-way.js'
import { countDetachedCommits, countSubmoduleCommits } from './commits.js'
import { findBranchInRebase, findOperation, type Operation } from './in-progress.js'
import { findWorktree, type Worktree } from './list-worktrees.js'
import { readChanges } from './read-changes.js'
import type { Repository } from './repository.js'
import { readSubmodules } from './submodules.js'

/** The work that would be lost with a worktree, even if its branch is kept. */
export interface Work {
  /** The branch. During a rebase, the one being rebased. */
  readonly branch: string | undefined
  readonly detached: boolean
  /** The commit that is checked out. Undefined if the worktree is not registered. */
  readonly head: string | undefined
  readonly inProgress: Operation | undefined
  /** Relative paths that are changed, staged or untracked, but not ignored. */
  readonly uncommitted: readonly string[]
  /** Commits of a detached HEAD that are on no branch, remote-tracking branch or tag. */
  readonly detachedCommits: number
  /** Commits in its submodules that were never pushed. Their repositories are removed with the worktree. */
  readonly inSubmodules: readonly SubmoduleWork[]
}

interface SubmoduleWork {
  /** Relative to the worktree. */
  readonly path: string
  readonly commits: number
}

/**
 * Reads the work in a worktree without changing anything. If the folder is gone, reads only its registration.
 */
export async function observeWork(repository: Repository, path: string): Promise<Work> {
  const [worktree, gitDir] = await Promise.all([findWorktree(repository, path), findGitDir(repository, path)])
  const branch = worktree?.branch ?? (gitDir === undefined ? undefined : await findBranchInRebase(gitDir))
  const [inProgress, uncommitted, detachedCommits, inSubmodules] = await Promise.all([
    gitDir === undefined ? undefined : findOperation(gitDir),
    gitDir === undefined ? [] : readChanges(path),
    countDetached(repository, worktree),
    gitDir === undefined ? [] : findInSubmodules(path),
  ])
  const detached = worktree !== undefined && worktree.branch === undefined
  const head = worktree?.head
  return { branch, detached, head, inProgress, uncommitted, detachedCommits, inSubmodules }
}

/** Whether removing the worktree would lose work even if its branch is kept. */
export function wouldLoseWork(work: Work): boolean {
  return work.uncommitted.length > 0 || work.detachedCommits > 0 || work.inSubmodules.length > 0
}

async function countDetached(repository: Repository, worktree: Worktree | undefined): Promise<number> {
  if (worktree === undefined || worktree.branch !== undefined) return 0
  return countDetachedCommits(repository, worktree.head)
}

/** Submodules, nested ones too, with commits that were never pushed. */
async function findInSubmodules(checkout: string, within = ''): Promise<readonly SubmoduleWork[]> {
  const { here } = await readSubmodules(checkout)
  const found = here.map(async name => {
    const [folder, path] = [join(checkout, name), join(within, name)]
    const commits = await countSubmoduleCommits(folder)
    const own = commits === 0 ? [] : [{ path, commits }]
    return [...own, ...(await findInSubmodules(folder, path))]
  })
  return (await Promise.all(found)).flat()
}
