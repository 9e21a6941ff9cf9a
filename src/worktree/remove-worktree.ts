import { rmdir } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { worktreeErrors } from '../errors/worktree.js'
import { findOwner, unregister, isCheckoutOf, recoverInterrupted } from './clear-way.js'
import { findWorktree, type Worktree } from './list-worktrees.js'
import { isEmptyFolder, exists } from './location.js'
import { observeWork, type Work, wouldLoseWork } from './observe-work.js'
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
  if (worktree?.main) throw worktreeErrors.WORKTREE_IS_MAIN({ path: place })
  if (worktree?.locked !== undefined) throw worktreeErrors.WORKTREE_LOCKED({ ...repository, ...worktree })
  if (await isEmptyFolder(place)) await rmdir(place)
  if (await exists(place)) {
    const owner = await findOwner(place)
    const foreign = owner !== undefined && owner !== repository.gitCommonDir
    if (worktree === undefined || foreign) throw worktreeErrors.WORKTREE_UNREGISTERED({ path: place })
    if (!force) await requireNoWork(repository, worktree)
    await removeFiles(worktree.path)
  }
  if (worktree !== undefined) await unregister(repository, worktree)
}

async function requireNoWork(repository: Repository, worktree: Worktree): Promise<void> {
  if (!(await isCheckoutOf(repository, worktree.path)))
    throw worktreeErrors.WORKTREE_BROKEN({ ...repository, path: worktree.path })
  const work = await observeWork(repository, worktree.path)
  if (wouldLoseWork(work))
    throw worktreeErrors.WORKTREE_HAS_WORK({
      path: worktree.path,
      environment: basename(worktree.path),
      losses: lossesOf(work),
      uncommitted: work.uncommitted,
    })
}

function lossesOf({ uncommitted, detachedCommits, inSubmodules }: Work): readonly string[] {
  const counts = [
    [uncommitted.length, 'uncommitted path'],
    [detachedCommits, 'commit on no branch'],
    [sum(inSubmodules), 'commit that only a submodule holds'],
  ] as const
  return counts.filter(([number]) => number > 0).map(([number, what]) => `${number} × ${what}`)
}

function sum(submodules: readonly { readonly commits: number }[]): number {
  return submodules.reduce((total, { commits }) => total + commits, 0)
}
