import { resolve } from 'node:path'
import { branchErrors } from '../errors/branch.js'
import { clearWay } from './clear-way.js'
import { git } from './git.js'
import { type BranchRef, findBranch, findCommit } from './refs.js'
import type { Branch, Repository } from './repository.js'
import { requireFreeBranch } from './resolve-branch.js'
import { initialiseSubmodules } from './submodules.js'

export interface WorktreeRequest {
  /** Absolute, or relative to the main checkout. */
  readonly path: string
  readonly branch: Branch
  readonly signal?: AbortSignal | undefined
}

export interface AddedWorktree {
  readonly path: string
  readonly branch: string
  /** The commit it checks out. */
  readonly head: string
  /** The branch did not exist when it was resolved, so undoing this worktree also deletes the branch. */
  readonly createdBranch: boolean
}

/**
 * Adds a worktree and, if needed, its branch. Succeeds if it already exists. Never overwrites anything, and undoes its
 * own changes when it fails. Runs the hooks that `git worktree add` runs (post-checkout), and no others.
 */
export async function addWorktree(repository: Repository, request: WorktreeRequest): Promise<AddedWorktree> {
  const path = resolve(repository.mainCheckout, request.path)
  const { branch } = request.branch
  const isMade = await clearWay(repository, path, branch)
  if (isMade) await initialiseSubmodules(repository, path, request.signal)
  const made = isMade ? await findCommit(path, 'HEAD') : await makeWorktree(repository, { ...request, path })
  const head = made ?? ''
  return { path, branch, head, createdBranch: request.branch.kind !== 'local' }
}

/** Returns the commit of the branch. */
async function makeWorktree(repository: Repository, request: WorktreeRequest): Promise<string> {
  const { path, branch, signal } = request
  // Asked just before it is created: a branch that another process has created must outlive a failure.
  const existing = branch.kind === 'local' ? branch : await findBranch(repository, branch.branch)
  if (existing) await requireFreeBranch(repository, { ...existing, branch: branch.branch }, path)
  const args = addArguments(request, existing)
  try {
    await git(repository.mainCheckout, ['worktree', 'add', '--quiet', ...args], { signal })
    await initialiseSubmodules(repository, path, signal)
  } catch (error) {
    await undoAdd(repository, path, existing ? undefined : branch.branch)
    throw error
  }
  return existing?.commit ?? (branch.kind === 'new' ? branch.startPoint : branch.commit)
}

function addArguments(
  { path, branch }: WorktreeRequest,
  existing: Pick<BranchRef, 'commit'> | undefined,
): readonly string[] {
  if (branch.kind === 'new' && existing && existing.commit !== branch.startPoint) {
    throw branchErrors.BRANCH_EXISTS({
      branch: branch.branch,
      from: branch.startPoint,
      place: 'this repository',
    })
  }
  if (branch.kind === 'local' || existing) return ['--', path, branch.branch]
  if (branch.kind === 'remote') return ['--track', '-b', branch.branch, '--', path, branch.remoteRef]
  return ['--no-track', '-b', branch.branch, '--', path, branch.startPoint]
}

/** Neither the folder nor the registration existed before, so everything in them is from this run. */
async function undoAdd({ mainCheckout }: Repository, path: string, newBranch?: string): Promise<void> {
  const anyCode = { accept: [1, 128, 255] }
  await git(mainCheckout, ['worktree', 'remove', '--force', '--force', '--', path], anyCode)
  if (newBranch !== undefined) await git(mainCheckout, ['branch', '-D', '--quiet', '--', newBranch], anyCode)
}
