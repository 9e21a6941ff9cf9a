import type { Mounted, Seen } from '@piko/sdk'
import { join, posix, relative } from 'node:path'
import { isInside } from '../../worktree/location.js'

/** Where services mount a folder of the worktree, whether or not it exists. */
export function whereSeen(
  path: string,
  at: { readonly worktree: string; readonly mounts: readonly Mounted[] },
) {
  const folder = join(at.worktree, path)
  return at.mounts.flatMap(({ service, source, target: base, hidden }): readonly SeenAt[] => {
    if (!isInside(source, folder)) return []
    const target = posix.join(base, relative(source, folder))
    const over = hidden.find(other => target === other.target || target.startsWith(`${other.target}/`))
    const isKept = over !== undefined && (over.isKept || over.target !== target)
    return [{ service, target, ...(isKept ? { isKept } : {}), isHidden: over !== undefined }]
  })
}

export type SeenAt = Seen & {
  /** Another mount covers it: the container does not see the worktree's folder. */
  readonly isHidden: boolean
}
