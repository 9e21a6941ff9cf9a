import { mkdir, readdir, readlink, realpath, rename, rm, symlink, unlink } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { worktreeErrors } from '../errors/worktree.js'
import { exec } from '../system/exec.js'
import { isInside } from './location.js'

export interface FolderCopy {
  /** The folder, relative to both checkouts. */
  readonly path: string
  /** The main checkout. */
  readonly from: string
  /** The worktree. */
  readonly to: string
  readonly signal?: AbortSignal | undefined
}

/**
 * Copies a folder of many small files into a worktree: cloned where the file system supports it, else byte by byte, so
 * that writing to the copy never affects the original. Renamed into place once complete. Returns the number of files.
 */
export async function copyFolder({ path, from, to, signal }: FolderCopy): Promise<number> {
  const [source, target] = [await realpath(join(from, path)), join(to, path)]
  const sibling = `${target}.piko-new`
  await mkdir(dirname(target), { recursive: true })
  await rm(sibling, { recursive: true, force: true })
  try {
    await copyTree(source, { to: sibling, signal })
    const files = await relink(sibling, { ...(await rootsOf({ from, to })), place: target })
    await rename(sibling, target)
    return files
  } catch (error) {
    await rm(sibling, { recursive: true, force: true })
    throw error
  }
}

/**
 * Uses `cp`, which is several times faster than copying in Node. Versions of `cp` that cannot clone reject the option.
 */
async function copyTree(
  source: string,
  { to, signal }: { readonly to: string; readonly signal: AbortSignal | undefined },
): Promise<void> {
  const options = { cwd: '/', allowFailure: true, signal }
  const cloning = process.platform === 'darwin' ? ['-Rpc'] : ['-a', '--reflink=auto']
  const first = await exec('cp', [...cloning, source, to], options)
  if (first.exitCode === 0) return
  await rm(to, { recursive: true, force: true })
  const plain = process.platform === 'darwin' ? '-Rp' : '-a'
  const { exitCode, stderr } = await exec('cp', [plain, source, to], options)
  if (exitCode !== 0) throw worktreeErrors.DEPENDENCIES_COPY_FAILED({ source, exitCode, stderr })
}

interface Roots {
  readonly from: string
  readonly to: string
}

async function rootsOf({ from, to }: Roots): Promise<Roots> {
  return { from: await realpath(from), to: await realpath(to) }
}

/**
 * Counts the files. Rewrites links with absolute paths into the main checkout as relative links within the worktree.
 */
async function relink(folder: string, at: Roots & { readonly place: string }): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true })
  let files = 0
  for (const entry of entries) {
    const path = join(folder, entry.name)
    const place = join(at.place, entry.name)
    if (entry.isDirectory()) files += await relink(path, { ...at, place })
    else files += 1
    if (entry.isSymbolicLink()) await retarget(path, { ...at, place })
  }
  return files
}

async function retarget(
  path: string,
  { from, to, place }: Roots & { readonly place: string },
): Promise<void> {
  const target = await readlink(path)
  if (!isInside(from, target)) return
  await unlink(path)
  await symlink(relative(dirname(place), join(to, relative(from, target))), path)
}

/** Whether a path of the worktree is a link to the same path of the main checkout. */
export async function isLinkToMain({ path, from, to }: FolderCopy): Promise<boolean> {
  const target = await readlink(join(to, path)).catch(() => undefined)
  return target === join(from, path)
}
