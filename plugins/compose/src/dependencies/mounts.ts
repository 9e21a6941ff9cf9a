import type { Mounted } from '@piko/sdk'
import { posix } from 'node:path'
import type { Model } from '../contract.js'
import { isInside } from '../model/leaving.js'

/** The folders of a worktree that the model's services mount, and the mounts over parts of them. Pure. */
export function mountedFolders(model: Model, worktree: string): readonly Mounted[] {
  return Object.entries(model.services).flatMap(([service, { active, mounts }]) => {
    if (!active) return []
    return mounts.flatMap(({ type, source, target }) => {
      if (type !== 'bind' || source === undefined || target === undefined) return []
      if (!isInside(source, worktree)) return []
      const hidden = mounts.flatMap(other =>
        other.target !== undefined && isBelow(other.target, target)
          ? [{ target: other.target, isKept: other.type !== 'volume' || other.source !== undefined }]
          : [],
      )
      return [{ service, source, target, hidden }]
    })
  })
}

function isBelow(path: string, folder: string): boolean {
  const way = posix.relative(folder, path)
  return way !== '' && way !== '..' && !way.startsWith('../')
}
