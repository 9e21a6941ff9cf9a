import { rmdir } from 'node:fs/promises'
import { resolve } from 'node:path'
import { findOwner, unregister, isCheckoutOf, recoverInterrupted } from './clear-way.js'
import {
  worktreeBroken,
  worktreeHasWork,
  worktreeIsMain,
  worktreeLocked,
  worktreeUnregistered,
} from './errors.js'
import { findWorktree, type Worktree } from './list-worktrees.js'
import { isEmptyFolder, exists } from './location.js'
import { observeWork, wouldLoseWork } from './observe-work.js'
import { removeFiles } from './remove-files.js'
import type { Repository } from './repository.js'

export interface RemovalOptions {
  /** Also removes uncommitted work. A locked worktree is kept even so: someone locked it deliberately. */
  readonly force?: boolean
}

/**
 * Removes a worktree with its ignored files, submodules and registration, but keeps its branch. Succeeds if there is
 * none. piko checks for work and removes the files itself, so it never passes `--force` to git, which worktrees with
 * submodules would need.
 */
export async function removeWorktree(
  repository: Repository,
  path: string,
  { force = false }: RemovalOptions = {},
): Promise<void> {
  const place = resolve(repository.mainCheckout, path)
  const worktree = await recoverInterrupted(repository, await findWorktree(repository, place))
  if (worktree?.main) throw worktreeIsMain(place)
  if (worktree?.locked !== undefined) throw worktreeLocked(repository, worktree)
  if (await isEmptyFolder(place)) await rmdir(place)
  if (await exists(place)) {
    const owner = await findOwner(place)
    const foreign = owner !== undefined && owner !== repository.gitCommonDir
    if (worktree === undefined || foreign) throw worktreeUnregistered(place)
    if (!force) await requireNoWork(repository, worktree)
    await removeFiles(worktree.path)
  }
  if (worktree !== undefined) await unregister(repository, worktree)
}

async function requireNoWork(repository: Repository, worktree: Worktree): Promise<void> {
  if (!(await isCheckoutOf(repository, worktree.path))) throw worktreeBroken(repository, worktree.path)
  const work = await observeWork(repository, worktree.path)
  if (wouldLoseWork(work))
    throw worktreeHasWork(worktree.path, { ...work, submoduleCommits: sum(work.inSubmodules) })
}

function sum(submodules: readonly { readonly commits: number }[]): number {
  return submodules.reduce((total, { commits }) => total + commits, 0)
}
