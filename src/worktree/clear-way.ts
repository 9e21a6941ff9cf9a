import { rmdir } from 'node:fs/promises'
import { join } from 'node:path'
import { worktreeHasOtherBranch, worktreeLocked, worktreePathTaken } from './errors.js'
import { findPaths } from './find-repository.js'
import { git } from './git.js'
import { findWorktree, type Worktree } from './list-worktrees.js'
import { isEmptyFolder, isThere, realLocation } from './location.js'
import type { Repository } from './repository.js'

/** The lock that `git worktree add` holds while it works; it stays when git is killed. */
const HALF_MADE = 'initializing'

/**
 * Makes sure that a worktree can be made at a path. True when the wanted one already exists. A registration whose
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

/** Throws `WORKTREE_PATH_TAKEN` where something else than a worktree of this repository is at the path. Changes nothing. */
export async function requireFreePath(repository: Repository, path: string): Promise<void> {
  const isFree =
    !(await isThere(path)) || (await isEmptyFolder(path)) || (await isCheckoutOf(repository, path))
  if (!isFree) throw worktreePathTaken(path)
}

/** Whether a folder is the top of a worktree of this repository, and not just a folder inside another checkout. */
export async function isCheckoutOf(repository: Repository, path: string): Promise<boolean> {
  return (await findOwner(path)) === repository.gitCommonDir
}

/** The git directory of the repository that a folder is the top of a checkout of. */
export async function findOwner(path: string): Promise<string | undefined> {
  return (await findCheckout(path))?.commonDir
}

interface Checkout {
  /** The git directory of the repository. */
  readonly commonDir: string
  /** The checkout's own. */
  readonly gitDir: string
}

async function findCheckout(path: string): Promise<Checkout | undefined> {
  if (!(await isThere(join(path, '.git')))) return undefined
  const paths = await findPaths(path, ['--show-toplevel', '--git-common-dir', '--git-dir'])
  const [top, commonDir, gitDir] = paths ?? []
  if (commonDir === undefined || gitDir === undefined || top !== (await realLocation(path))) return undefined
  return { commonDir, gitDir }
}

/** The git directory of a worktree of this repository; undefined for any other folder. */
export async function findGitDir(repository: Repository, path: string): Promise<string | undefined> {
  const checkout = await findCheckout(path)
  return checkout?.commonDir === repository.gitCommonDir ? checkout.gitDir : undefined
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
  const gitDir = await findGitDir(repository, worktree.path)
  if (gitDir !== undefined && !(await isThere(join(gitDir, 'index')))) {
    await git(repository.mainCheckout, ['worktree', 'remove', '--force', '--force', '--', worktree.path])
    return undefined
  }
  await git(repository.mainCheckout, ['worktree', 'unlock', '--', worktree.path])
  const { locked: _, ...unlocked } = worktree
  return unlocked
}
