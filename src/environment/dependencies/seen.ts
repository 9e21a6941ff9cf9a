import type { Mounted, Seen } from '@piko/sdk'
import { join, posix, relative } from 'node:path'
import { isInside } from '../../worktree/location.js'

/** Where services see a folder of the worktree, or would if it were there. */
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
  /** Something else is mounted over it: the container does not see the worktree's. */
  readonly isHidden: boolean
}
