import { chmod, lstat, readdir, rm, rmdir } from 'node:fs/promises'
import { access, constants } from 'node:fs/promises'
import { join } from 'node:path'
import { worktreeErrors } from '../errors/worktree.js'

const STUCK = ['EACCES', 'EPERM', 'EBUSY', 'EROFS', 'ENOTEMPTY']

/**
 * Removes a worktree's folder recursively. Git unregisters a worktree even if files are left behind, so piko removes
 * them itself. Before removing anything, it looks for files of other users, such as containers leave, and throws
 * `WORKTREE_FILES_FOREIGN`. The `.git` file is removed last, so that an interrupted removal can resume. Does not follow
 * symbolic links.
 */
export async function removeFiles(path: string): Promise<void> {
  const foreign = await findForeignFolders(path)
  if (foreign.length > 0) throw worktreeErrors.WORKTREE_FILES_FOREIGN({ path, foreign, untouched: true })
  try {
    const entries = await readdir(path)
    for (const entry of entries.filter(name => name !== '.git')) await removeTree(join(path, entry))
    await removeTree(join(path, '.git'))
    await rmdir(path)
  } catch (error) {
    const { code, path: stuck = path } = error as NodeJS.ErrnoException
    if (code === undefined || !STUCK.includes(code)) throw error
    throw worktreeErrors.WORKTREE_FILES_FOREIGN({ path, foreign: [stuck], untouched: false, cause: error })
  }
}

async function removeTree(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true })
}

/**
 * The topmost folders that this user can neither empty nor make writable. The user's own read-only folders are made
 * writable.
 */
async function findForeignFolders(folder: string): Promise<readonly string[]> {
  if (!(await openFolder(folder))) return [folder]
  const entries = await readdir(folder, { withFileTypes: true })
  const found: string[] = []
  for (const entry of entries) {
    if (entry.isDirectory()) found.push(...(await findForeignFolders(join(folder, entry.name))))
  }
  return found
}

async function openFolder(folder: string): Promise<boolean> {
  const canEmpty = constants.R_OK | constants.W_OK | constants.X_OK
  if (
    await access(folder, canEmpty).then(
      () => true,
      () => false,
    )
  )
    return true
  const { uid, mode } = await lstat(folder)
  if (uid === process.geteuid?.()) return chmod(folder, mode | 0o700).then(() => true)
  return isKnownEmpty(folder)
}

/** An empty folder can be removed, whoever owns it. */
async function isKnownEmpty(folder: string): Promise<boolean> {
  return readdir(folder).then(
    entries => entries.length === 0,
    () => false,
  )
}
