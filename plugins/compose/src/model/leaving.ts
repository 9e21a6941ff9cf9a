import { isAbsolute, join, relative } from 'node:path'
import type { Place } from '../contract.js'
import type { RawProject } from './raw.js'

/**
 * Relative paths that leave the worktree. `../data` is a folder beside the project; beside a worktree it is whatever
 * stands there, such as another environment. It means what it means in the main checkout.
 */
export interface Roots {
  readonly worktree: string
  /** The main checkout. */
  readonly root: string
}

/** Where a path of the resolved project points to; `written` is the same path as the file has it, where it was asked for. */
export function locate(
  path: string,
  { roots, written }: { readonly roots: Roots; readonly written: string | undefined },
): Place {
  if (!isAbsolute(path) || isInside(path, roots.worktree) || written === undefined) return { path }
  const isFixed = /^[/~]/.test(written) && !written.startsWith(`${roots.worktree}/`)
  if (isFixed) return { path }
  return { path: join(roots.root, relative(roots.worktree, path)), leaves: true }
}

/** Whether any path of the project needs a second look. */
export function hasOutside({ services, secrets, configs }: RawProject, worktree: string): boolean {
  const paths = [
    ...Object.values(services).flatMap(({ volumes, build }) => [
      ...(volumes ?? []).flatMap(({ type, source }) => (type === 'bind' ? [source] : [])),
      build?.context,
      ...Object.values(build?.additional_contexts ?? {}),
    ]),
    ...Object.values({ ...secrets, ...configs }).map(({ file }) => file),
  ]
  return paths.some(path => path !== undefined && isAbsolute(path) && !isInside(path, worktree))
}

export function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path)
  return !isAbsolute(way) && way !== '..' && !way.startsWith('../')
}
