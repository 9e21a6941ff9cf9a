import { leadsOutside } from '@piko/sdk'
import { mkdir, rmdir, stat, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { worktreeErrors } from '../../errors/worktree.js'
import { copyFolder, type FolderCopy, isLinkToMain } from '../../worktree/copy-folder.js'
import { excludeFromGit } from '../../worktree/exclude-from-git.js'
import { isIgnored } from '../../worktree/is-ignored.js'
import { isEmptyFolder, exists } from '../../worktree/location.js'
import type { Repository } from '../../worktree/repository.js'

/** Whether the main checkout has the folder and the worktree does not. */
export async function needsCopy(place: FolderCopy): Promise<boolean> {
  const target = join(place.to, place.path)
  if (!(await isFolder(join(place.from, place.path)))) return false
  return !(await exists(target)) || (await isLinkToMain(place)) || isEmptyFolder(target)
}

/** Returns the number of files copied. */
export async function bringCopy(repository: Repository, place: FolderCopy): Promise<number> {
  await requireInside(place)
  await clear(place)
  const files = await copyFolder(place)
  await hide(repository, place)
  return files
}

/** Creates an empty mount point for a volume; one created by the engine would belong to root. */
export async function makeMountPoint(repository: Repository, place: FolderCopy): Promise<void> {
  await requireInside(place)
  if (!(await clear(place))) return
  await mkdir(join(place.to, place.path), { recursive: true })
  await hide(repository, place)
}

/**
 * Removes a link to the main checkout, or an empty mount point created by the engine. Returns false if there is
 * anything else.
 */
async function clear(place: FolderCopy): Promise<boolean> {
  const target = join(place.to, place.path)
  if (!(await exists(target))) return true
  if (await isLinkToMain(place)) return unlink(target).then(() => true)
  if (!(await isEmptyFolder(target))) return false
  await rmdir(target)
  return true
}

/** A folder of the branch may be a link to elsewhere. */
async function requireInside({ to, path }: FolderCopy): Promise<void> {
  const parent = dirname(join(to, path))
  if (await leadsOutside(to, parent)) throw worktreeErrors.WORKTREE_LINK_LEAVES({ path: parent })
}

async function hide(repository: Repository, { to, path }: FolderCopy): Promise<void> {
  if (!(await isIgnored(to, `${path}/`))) await excludeFromGit(repository, [`/${path}`])
}

function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    entry => entry.isDirectory(),
    () => false,
  )
}
