import { constants } from 'node:fs'
import { copyFile, lstat, mkdir, readlink, rename, rm, symlink } from 'node:fs/promises'
import { dirname, isAbsolute, join, normalize } from 'node:path'
import { worktreeErrors } from '../errors/worktree.js'
import { isPrivate } from './files-to-carry.js'
import { isInside, exists, realLocation } from './location.js'

export interface CarryRequest {
  /** The main checkout. */
  readonly from: string
  /** The new worktree. */
  readonly to: string
  /** Relative file paths. */
  readonly copy: readonly string[]
  /** Relative paths of files or folders, such as `node_modules`. */
  readonly link: readonly string[]
  readonly signal?: AbortSignal | undefined
}

/** Why a path was skipped: it is missing, the target exists, or a link leads out of the checkout. */
type SkipReason = 'missing' | 'there-already' | 'leads-outside' | 'not-a-file' | 'unreadable'

export interface Carried {
  readonly copied: readonly string[]
  readonly linked: readonly string[]
  readonly skipped: readonly { readonly path: string; readonly reason: SkipReason }[]
}

type Carry = (source: string, target: string) => Promise<SkipReason | undefined>

const REASONS: Readonly<Record<string, SkipReason>> = {
  EEXIST: 'there-already',
  ENOTDIR: 'there-already',
  ENOENT: 'missing',
  EACCES: 'unreadable',
  EPERM: 'unreadable',
}

/**
 * Copies files into a worktree (cloned where the file system supports it) and links others to the main checkout's.
 * Never overwrites an existing file. A symbolic link is copied as a link. Never reads or writes through a link that
 * leads out of the checkout.
 */
export async function carryFiles({ from, to, copy, link, signal }: CarryRequest): Promise<Carried> {
  const requests = [
    ...link.map(path => ({ path: requireInside(path), carry: linkEntry, linked: true })),
    ...copy.map(path => ({ path: requireInside(path), carry: copyEntry, linked: false })),
  ]
  const outcomes = []
  for (const request of requests) {
    signal?.throwIfAborted()
    outcomes.push({ ...request, reason: await carryEntry({ from, to }, request.path, request.carry) })
  }
  const done = outcomes.filter(({ reason }) => reason === undefined)
  return {
    copied: done.filter(({ linked }) => !linked).map(({ path }) => path),
    linked: done.filter(({ linked }) => linked).map(({ path }) => path),
    skipped: outcomes.flatMap(({ path, reason }) => (reason === undefined ? [] : [{ path, reason }])),
  }
}

async function carryEntry(
  { from, to }: Pick<CarryRequest, 'from' | 'to'>,
  path: string,
  carry: Carry,
): Promise<SkipReason | undefined> {
  const [source, target] = [join(from, path), join(to, path)]
  if (!(await exists(source))) return 'missing'
  if (!(await staysInside(from, source)) || !(await staysInside(to, target))) return 'leads-outside'
  try {
    await mkdir(dirname(target), { recursive: true })
    return await carry(source, target)
  } catch (error) {
    const reason = REASONS[(error as NodeJS.ErrnoException).code ?? '']
    if (reason === undefined) throw error
    return reason
  }
}

async function copyEntry(source: string, target: string): Promise<SkipReason | undefined> {
  if (await exists(target)) return 'there-already'
  const entry = await lstat(source)
  if (entry.isSymbolicLink()) return symlink(await readlink(source), target).then(() => undefined)
  if (!entry.isFile()) return 'not-a-file'
  // Renamed into place, so that an interrupted copy is never taken for a complete file.
  const sibling = `${target}.piko-new`
  await rm(sibling, { force: true })
  await copyFile(source, sibling, constants.COPYFILE_FICLONE)
  await rename(sibling, target)
  return undefined
}

async function linkEntry(source: string, target: string): Promise<SkipReason | undefined> {
  const present = await readlink(target).catch(() => undefined)
  if (present === source) return undefined
  if (await exists(target)) return 'there-already'
  await symlink(source, target)
  return undefined
}

function requireInside(path: string): string {
  const plain = normalize(path).replace(/\/+$/, '')
  const leaves = isAbsolute(path) || plain === '..' || plain.startsWith('../')
  if (leaves) throw worktreeErrors.WORKTREE_CARRY_PATH({ path, reason: 'it is not inside the checkout' })
  if (plain === '.' || plain === '')
    throw worktreeErrors.WORKTREE_CARRY_PATH({ path, reason: 'it is the checkout itself' })
  if (isPrivate(plain))
    throw worktreeErrors.WORKTREE_CARRY_PATH({ path, reason: 'it belongs to git or to piko' })
  return plain
}

/** Follows the links in the parent folders, but not in the last part. */
async function staysInside(root: string, path: string): Promise<boolean> {
  return isInside(await realLocation(root), await realLocation(dirname(path)))
}
