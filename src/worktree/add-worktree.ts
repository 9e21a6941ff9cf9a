import { resolve } from 'node:path'
import { clearWay } from './clear-way.js'
import { branchExists, repositoryEmpty } from './errors.js'
import { git } from './git.js'
import { findCommit, findBranchTip } from './refs.js'
import type { Branch, Repository } from './repository.js'
import { requireFreeBranch } from './resolve-branch.js'
import { initialiseSubmodules } from './submodules.js'

export interface WorktreeWish {
  /** Absolute, or relative to the main checkout. */
  readonly path: string
  readonly branch: Branch
  readonly signal?: AbortSignal | undefined
}

export interface AddedWorktree {
  readonly path: string
  readonly branch: string
  /** The commit that is checked out. */
  readonly head: string
  /** The branch was not here when it was resolved, so it is this worktree's to take back. */
  readonly createdBranch: boolean
}

/**
 * Makes a worktree and, where need be, its branch; done already is success. Nothing that exists is overwritten. One that
 * fails half-way takes back what it made. Runs the hooks that `git worktree add` runs (post-checkout), and no others.
 */
export async function addWorktree(repository: Repository, wish: WorktreeWish): Promise<AddedWorktree> {
  const path = resolve(repository.mainCheckout, wish.path)
  const { branch } = wish.branch
  if (await clearWay(repository, path, branch)) await initialiseSubmodules(repository, path, wish.signal)
  else await makeWorktree(repository, { ...wish, path })
  const head = (await findCommit(path, 'HEAD')) ?? ''
  return { path, branch, head, createdBranch: wish.branch.kind !== 'local' }
}

async function makeWorktree(repository: Repository, wish: WorktreeWish): Promise<void> {
  const { path, branch, signal } = wish
  const [tip] = await Promise.all([
    findBranchTip(repository, branch.branch),
    requireFreeBranch(repository, branch.branch, path),
  ])
  const args = await addArguments(repository, wish, tip)
  try {
    await git(repository.mainCheckout, ['worktree', 'add', '--quiet', ...args], { signal })
    await initialiseSubmodules(repository, path, signal)
  } catch (error) {
    await takeBack(repository, path, tip === undefined ? branch.branch : undefined)
    throw error
  }
}

async function addArguments(
  { mainCheckout }: Repository,
  { path, branch }: WorktreeWish,
  tip: string | undefined,
): Promise<readonly string[]> {
  if (branch.kind === 'new' && tip !== undefined && tip !== branch.startPoint) {
    throw branchExists(branch.branch, { from: branch.startPoint, place: 'this repository' })
  }
  if (branch.kind === 'local' || tip !== undefined) return ['--', path, branch.branch]
  if (branch.kind === 'remote') return ['--track', '-b', branch.branch, '--', path, branch.remoteRef]
  if ((await findCommit(mainCheckout, branch.startPoint)) === undefined) throw repositoryEmpty(mainCheckout)
  return ['--no-track', '-b', branch.branch, '--', path, branch.startPoint]
}

/** The folder and the registration were not there before, so all that is in them is this run's. */
async function takeBack({ mainCheckout }: Repository, path: string, newBranch?: string): Promise<void> {
  const anyCode = { accept: [1, 128, 255] }
  await git(mainCheckout, ['worktree', 'remove', '--force', '--force', '--', path], anyCode)
  if (newBranch !== undefined) await git(mainCheckout, ['branch', '-D', '--quiet', '--', newBranch], anyCode)
}
