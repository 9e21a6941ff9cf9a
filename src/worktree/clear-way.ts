import { rmdir } from 'node:fs/promises'
import { join } from 'node:path'
import { worktreeErrors } from '../errors/worktree.js'
import { findPaths } from './find-repository.js'
import { git } from './git.js'
import { findWorktree, type Worktree } from './list-worktrees.js'
import { isEmptyFolder, exists, realLocation } from './location.js'
import { type Checkout, readCheckout } from './read-checkout.js'
import type { Repository } from './repository.js'

/** The lock reason that `git worktree add` uses while it works. It remains when git is killed. */
const INITIALIZING = 'initializing'

/**
 * Makes sure that a worktree can be added at a path. Returns true if the requested one already exists. Prunes only a
 * registration at this path whose folder is gone. Anything else at the path is `WORKTREE_PATH_TAKEN`.
 */
export async function clearWay(repository: Repository, path: string, branch: string): Promise<boolean> {
  const registered = await recoverInterrupted(repository, await findWorktree(repository, path))
  if (await isEmptyFolder(path)) await rmdir(path)
  if (!(await exists(path))) {
    if (registered !== undefined) await unregister(repository, registered)
    return false
  }
  if (!registered || registered.main || !(await isCheckoutOf(repository, path)))
    throw worktreeErrors.WORKTREE_PATH_TAKEN({ path })
  if (registered.branch === branch) return true
  throw worktreeErrors.WORKTREE_ON_OTHER_BRANCH({ path, wanted: branch, found: registered.branch })
}

/** Throws `WORKTREE_PATH_TAKEN` if the path holds anything but a worktree of this repository. Changes nothing. */
export async function requireFreePath(repository: Repository, path: string): Promise<void> {
  const isFree =
    !(await exists(path)) || (await isEmptyFolder(path)) || (await isCheckoutOf(repository, path))
  if (!isFree) throw worktreeErrors.WORKTREE_PATH_TAKEN({ path })
}

/** Whether a folder is the top level of a worktree of this repository, not just a folder inside another checkout. */
export async function isCheckoutOf(repository: Repository, path: string): Promise<boolean> {
  return (await findOwner(path)) === repository.gitCommonDir
}

/** The git directory of the repository whose checkout has this folder as its top level. */
export async function findOwner(path: string): Promise<string | undefined> {
  return (await findCheckout(path))?.commonDir
}

async function findCheckout(path: string): Promise<Checkout | undefined> {
  if (!(await exists(join(path, '.git')))) return undefined
  return (await readCheckout(path)) ?? askCheckout(path)
}

async function askCheckout(path: string): Promise<Checkout | undefined> {
  const paths = await findPaths(path, ['--show-toplevel', '--git-common-dir', '--git-dir'])
  const [top, commonDir, gitDir] = paths ?? []
  if (commonDir === undefined || gitDir === undefined || top !== (await realLocation(path))) return undefined
  return { top, commonDir, gitDir }
}

/** The git directory of a worktree of this repository; undefined for any other folder. */
export async function findGitDir(repository: Repository, path: string): Promise<string | undefined> {
  const checkout = await findCheckout(path)
  return checkout?.commonDir === repository.gitCommonDir ? checkout.gitDir : undefined
}

/** Unregisters a worktree whose folder is gone. Its commits remain in its branch. */
export async function unregister(repository: Repository, worktree: Worktree): Promise<void> {
  if (worktree.locked !== undefined) throw worktreeErrors.WORKTREE_LOCKED({ ...repository, ...worktree })
  await git(repository.mainCheckout, ['worktree', 'remove', '--', worktree.path])
}

/**
 * Recovers a worktree that stays locked because git was killed while adding it. Git writes the index once all files are
 * checked out. With an index, only the lock is left over, so it is unlocked. Without one, nobody can have worked in it,
 * so it is removed.
 */
export async function recoverInterrupted(
  repository: Repository,
  worktree: Worktree | undefined,
): Promise<Worktree | undefined> {
  if (worktree?.locked !== INITIALIZING) return worktree
  const gitDir = await findGitDir(repository, worktree.path)
  if (gitDir !== undefined && !(await exists(join(gitDir, 'index')))) {
    await git(repository.mainCheckout, ['worktree', 'remove', '--force', '--force', '--', worktree.path])
    return undefined
  }
  await git(repository.mainCheckout, ['worktree', 'unlock', '--', worktree.path])
  const { locked: _, ...unlocked } = worktree
  return unlocked
}
