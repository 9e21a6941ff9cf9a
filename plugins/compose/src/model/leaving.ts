import { isAbsolute, join, relative } from 'node:path'
import type { HostPath } from '../contract.js'
import type { RawProject } from './raw.js'

/**
 * Relative paths that leave the worktree. `../data` is a folder beside the project, but beside a worktree it could be
 * another environment. So such paths are resolved from the main checkout.
 */
export interface Roots {
  readonly worktree: string
  /** The main checkout. */
  readonly root: string
}

/** Where a path of the resolved project points. `written` is the path as written in the file, if it was read. */
export function locate(
  path: string,
  { roots, written }: { readonly roots: Roots; readonly written: string | undefined },
): HostPath {
  if (!isAbsolute(path) || isInside(path, roots.worktree) || written === undefined) return { path }
  const isFixed = /^[/~]/.test(written) && !written.startsWith(`${roots.worktree}/`)
  if (isFixed) return { path }
  return { path: join(roots.root, relative(roots.worktree, path)), leaves: true }
}

/** Whether any path of the project is outside the worktree. */
export function hasOutside({ services, volumes, secrets, configs }: RawProject, worktree: string): boolean {
  const paths = [
    ...Object.values(services).flatMap(({ volumes, build }) => [
      ...(volumes ?? []).flatMap(({ type, source }) => (type === 'bind' ? [source] : [])),
      build?.context,
      ...Object.values(build?.additional_contexts ?? {}),
    ]),
    ...Object.values(volumes).map(({ driver_opts }) => driver_opts?.['device']),
    ...Object.values({ ...secrets, ...configs }).map(({ file }) => file),
  ]
  return paths.some(path => path !== undefined && isAbsolute(path) && !isInside(path, worktree))
}

export function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path)
  return !isAbsolute(way) && way !== '..' && !way.startsWith('../')
}
