import { join } from 'node:path'
import { findGitDir } from './clear-way.js'
import { countDetachedCommits, countSubmoduleCommits } from './commits.js'
import { findBranchInRebase, findOperation, type Operation } from './in-progress.js'
import { findWorktree } from './list-worktrees.js'
import { readStatus } from './read-status.js'
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

/** Reads the work in a worktree without changing anything. If the folder is gone, reads only its registration. */
export async function observeWork(repository: Repository, path: string): Promise<Work> {
  const gitDir = await findGitDir(repository, path)
  if (gitDir === undefined) return observeRegistration(repository, path)
  const [status, inRebase, inProgress, inSubmodules] = await Promise.all([
    readStatus(path),
    findBranchInRebase(gitDir),
    findOperation(gitDir),
    findInSubmodules(path),
  ])
  const position = await observeHead(repository, status)
  const branch = status.branch ?? inRebase
  return { ...position, branch, inProgress, uncommitted: status.uncommitted, inSubmodules }
}

async function observeRegistration(repository: Repository, path: string): Promise<Work> {
  const worktree = await findWorktree(repository, path)
  const nothing = { inProgress: undefined, uncommitted: [], inSubmodules: [] }
  if (worktree) return { ...(await observeHead(repository, worktree)), ...nothing }
  return { branch: undefined, detached: false, head: undefined, detachedCommits: 0, ...nothing }
}

/** `branch` and `head` may be undefined: a detached HEAD has no branch, a new branch no commit. */
async function observeHead(
  repository: Repository,
  { branch, head }: { readonly branch?: string | undefined; readonly head: string | undefined },
) {
  const detached = branch === undefined
  const detachedCommits = detached && head !== undefined ? await countDetachedCommits(repository, head) : 0
  return { branch, detached, head, detachedCommits }
}

/** Whether removing the worktree would lose work even if its branch is kept. */
export function wouldLoseWork(work: Work): boolean {
  return work.uncommitted.length > 0 || work.detachedCommits > 0 || work.inSubmodules.length > 0
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
