import { rmdir } from 'node:fs/promises'
import { join } from 'node:path'
import { worktreeHasOtherBranch, worktreeLocked, worktreePathTaken } from './errors.js'
import { findPath } from './find-repository.js'
import { git } from './git.js'
import { findWorktree, type Worktree } from './list-worktrees.js'
import { isEmptyFolder, isThere, realLocation } from './location.js'
import type { Repository } from './repository.js'

/** The lock that `git worktree add` holds while it works; it stays when git is killed. */
const HALF_MADE = 'initializing'

/**
 * Makes sure that a worktree can be made at a path. True when the wanted one is there already. A registration whose
 * folder is gone is pruned, and no other; whatever else is at the path is `WORKTREE_PATH_TAKEN`.
 */
export async function clearWay(repository: Repository, path: string, branch: string): Promise<boolean> {
  const registered = await settleHalfMade(repository, await findWorktree(repository, path))
  if (await isEmptyFolder(path)) await rmdir(path)
  if (!(await isThere(path))) {
    if (registered !== undefined) await forget(repository, registered)
    return false
  }
  if (!registered || registered.main || !(await isCheckoutOf(repository, path))) throw worktreePathTaken(path)
  if (registered.branch === branch) return true
  throw worktreeHasOtherBranch(path, { wanted: branch, found: registered.branch })
}

/** Whether a folder is the top of a worktree of this repository, and not just a folder inside another checkout. */
export async function isCheckoutOf(repository: Repository, path: string): Promise<boolean> {
  return (await findOwner(path)) === repository.gitCommonDir
}

/** The git directory of the repository that a folder is the top of a checkout of. */
export async function findOwner(path: string): Promise<string | undefined> {
  if (!(await isThere(join(path, '.git')))) return undefined
  const top = await findPath(path, ['--show-toplevel'])
  return top === (await realLocation(path)) ? findPath(path, ['--git-common-dir']) : undefined
}

/** Takes away the registration of a worktree whose folder is gone; what it had checked out stays in its branch. */
export async function forget(repository: Repository, worktree: Worktree): Promise<void> {
  if (worktree.locked !== undefined) throw worktreeLocked(repository, worktree)
  await git(repository.mainCheckout, ['worktree', 'remove', '--', worktree.path])
}

/**
 * A worktree that git was killed over is locked for good. Git writes the index when all files are there: with one, only
 * the lock is left over; without, no work can have begun here, and it is taken away.
 */
export async function settleHalfMade(
  repository: Repository,
  worktree: Worktree | undefined,
): Promise<Worktree | undefined> {
  if (worktree?.locked !== HALF_MADE) return worktree
  const gitDir =
    (await isCheckoutOf(repository, worktree.path)) && (await findPath(worktree.path, ['--git-dir']))
  if (gitDir && !(await isThere(join(gitDir, 'index')))) {
    await git(repository.mainCheckout, ['worktree', 'remove', '--force', '--force', '--', worktree.path])
    return undefined
  }
  await git(repository.mainCheckout, ['worktree', 'unlock', '--', worktree.path])
  const { locked: _, ...unlocked } = worktree
  return unlocked
}
