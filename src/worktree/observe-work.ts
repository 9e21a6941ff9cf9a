import { join } from 'node:path'
import { findGitDir } from './clear-way.js'
import { countCommitsOnlyOn, countDetachedCommits, countSubmoduleCommits } from './commits.js'
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
  readonly inSubmodules: readonly SubmoduleWork[]
  /** Lost if the branch goes too: commits that no other branch, remote-tracking branch or tag holds. */
  readonly unpushed: number
  /** Stash entries made on the branch. The repository keeps them, whatever goes. */
  readonly stashes: number
}

interface SubmoduleWork {
  /** Relative to the worktree. */
  readonly path: string
  readonly commits: number
}

/** Looks at the work in a worktree, changing nothing. Where the folder is gone, the registration tells of the rest. */
export async function observeWork(repository: Repository, path: string): Promise<Work> {
  const [worktree, gitDir] = await Promise.all([findWorktree(repository, path), findGitDir(repository, path)])
  const branch = worktree?.branch ?? (gitDir === undefined ? undefined : await findBranchInRebase(gitDir))
  const [inProgress, uncommitted, detachedCommits, inSubmodules, unpushed, stashes] = await Promise.all([
    gitDir === undefined ? undefined : findOperation(gitDir),
    gitDir === undefined ? [] : readChanges(path),
    countDetached(repository, worktree),
    gitDir === undefined ? [] : findInSubmodules(path),
    branch === undefined ? 0 : countCommitsOnlyOn(repository, branch),
    branch === undefined ? 0 : countStashes(repository, branch),
  ])
  const detached = worktree !== undefined && worktree.branch === undefined
  return { branch, detached, inProgress, uncommitted, detachedCommits, inSubmodules, unpushed, stashes }
}

/** The worktree cannot go without loss, whatever becomes of its branch. */
export function wouldLoseWork(work: Work): boolean {
  return work.uncommitted.length > 0 || work.detachedCommits > 0 || work.inSubmodules.length > 0
}

async function countDetached(repository: Repository, worktree: Worktree | undefined): Promise<number> {
  if (worktree === undefined || worktree.branch !== undefined) return 0
  return countDetachedCommits(repository, worktree.head)
}

/** Those of submodules that have such commits, and of theirs in turn. */
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
