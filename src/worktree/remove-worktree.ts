import { rmdir } from 'node:fs/promises'
import { resolve } from 'node:path'
import { findOwner, forget, isCheckoutOf, settleHalfMade } from './clear-way.js'
import {
  worktreeBroken,
  worktreeHasWork,
  worktreeIsMain,
  worktreeLocked,
  worktreeUnregistered,
} from './errors.js'
import { findWorktree, type Worktree } from './list-worktrees.js'
import { isEmptyFolder, isThere } from './location.js'
import { observeWork, wouldLoseWork } from './observe-work.js'
import { removeFiles } from './remove-files.js'
import type { Repository } from './repository.js'

export interface RemovalWish {
  /** Removes work that no commit holds, too. A lock is kept all the same: it is somebody's word. */
  readonly force?: boolean
}

/**
 * Removes a worktree, with its ignored files and its submodules, and its registration; its branch stays. Nothing there is
 * success. piko looks for work and removes the files itself, so git's `--force`, which worktrees with submodules need,
 * is never given.
 */
export async function removeWorktree(
  repository: Repository,
  path: string,
  { force = false }: RemovalWish = {},
): Promise<void> {
  const place = resolve(repository.mainCheckout, path)
  const worktree = await settleHalfMade(repository, await findWorktree(repository, place))
  if (worktree?.main) throw worktreeIsMain(place)
  if (worktree?.locked !== undefined) throw worktreeLocked(repository, worktree)
  if (await isEmptyFolder(place)) await rmdir(place)
  if (await isThere(place)) {
    const owner = await findOwner(place)
    const foreign = owner !== undefined && owner !== repository.gitCommonDir
    if (worktree === undefined || foreign) throw worktreeUnregistered(place)
    if (!force) await requireNoWork(repository, worktree)
    await removeFiles(worktree.path)
  }
  if (worktree !== undefined) await forget(repository, worktree)
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
