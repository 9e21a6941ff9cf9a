import { readlink, realpath } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path'
import { isInside } from '../model/leaving.js'

export interface Place {
  readonly worktree: string
  /** The main checkout. */
  readonly root: string
  /** Paths that core links from worktrees to the main checkout. */
  readonly links: readonly string[]
}

interface Finding {
  readonly base: string
  readonly place: Place
  /** Whether it is written as an absolute path. */
  readonly isFixed?: boolean
}

/**
 * How a path outside the worktree is shown; undefined if it is inside. A relative path that leaves the worktree is shown
 * as it is from the main checkout, so that it is the same text for every branch.
 */
export async function findOutside(
  written: string,
  { base, place, isFixed = isAbsolute(written) }: Finding,
): Promise<string | undefined> {
  const { worktree, root, links } = place
  const path = resolve(base, written)
  const way = relative(worktree, path)
  if (!isInside(path, worktree)) return isFixed ? path : join(root, way)
  const [real, realTree] = [await realLocation(path), await realLocation(worktree)]
  if (isInside(real, realTree)) return undefined
  const isLinked = links.some(link => isInside(way, link.replace(/\/+$/, '')))
  if (isLinked && real === (await realLocation(join(root, way)))) return undefined
  return `${way}, a link to ${real}`
}

/** The real path of something that may not exist, through dangling links and links in its parent folders. */
async function realLocation(path: string, depth = 0): Promise<string> {
  const real = await realpath(path).catch(() => undefined)
  if (real !== undefined) return real
  const target = depth > 40 ? undefined : await readlink(path).catch(() => undefined)
  if (target !== undefined) return realLocation(resolve(dirname(path), target), depth + 1)
  const parent = dirname(path)
  return parent === path ? path : join(await realLocation(parent, depth), basename(path))
}
