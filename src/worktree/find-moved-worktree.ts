import { readdir, readFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { worktreeErrors } from '../errors/worktree.js'
import { listWorktrees } from './list-worktrees.js'
import { exists } from './location.js'
import { readRegistrations } from './repair-worktrees.js'
import type { Repository } from './repository.js'

interface Missing {
  readonly path: string
  readonly branch: string
}

/**
 * Where a worktree is now whose folder was renamed or moved. After `git worktree move`, git knows. After `mv`, the
 * folder still names its registration; it is looked for next to the old one and in the current folder.
 */
export async function findMovedWorktree(
  repository: Repository,
  { path, branch }: Missing,
): Promise<string | undefined> {
  if (await exists(path)) return undefined
  const registrations = await readRegistrations(repository)
  const registered = registrations.find(({ worktree }) => worktree === path)
  if (registered)
    return findLinkTo(registered.folder, [...(await siblings(path)), repository.currentCheckout])
  const ours = registrations
    .filter(({ folder }) => isNamedAfter(folder, path))
    .map(({ worktree }) => worktree)
  if (ours.length === 0) return undefined
  const worktrees = await listWorktrees(repository)
  const found = worktrees.find(other => other.branch === branch && ours.includes(other.path))
  return found && (await exists(found.path)) ? found.path : undefined
}

/** Git names a registration after the first path of the worktree and keeps that name. */
function isNamedAfter(folder: string, path: string): boolean {
  const [name, wanted] = [basename(folder), basename(path)]
  return name.startsWith(wanted) && /^\d*$/.test(name.slice(wanted.length))
}

/** Throws `WORKTREE_MOVED` rather than let another worktree take its place or its registration be removed. */
export async function requireNotMoved(repository: Repository, worktree: Missing): Promise<void> {
  const found = await findMovedWorktree(repository, worktree)
  if (found !== undefined) throw worktreeErrors.WORKTREE_MOVED({ path: worktree.path, found })
}

async function siblings(path: string): Promise<readonly string[]> {
  const parent = dirname(path)
  const names = await readdir(parent).catch(() => [])
  return names.map(name => join(parent, name))
}

async function findLinkTo(folder: string, candidates: readonly string[]): Promise<string | undefined> {
  for (const candidate of candidates) {
    const text = await readFile(join(candidate, '.git'), 'utf8').catch(() => '')
    const [, target] = /^gitdir: (.*)\n?$/.exec(text) ?? []
    if (target !== undefined && resolve(candidate, target) === folder) return candidate
  }
  return undefined
}
