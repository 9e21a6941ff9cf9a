import type { Mounted } from '../engine/helper.js'

/** The target of a copy. */
export interface Target {
  /** The volume's key in the Compose files. */
  readonly key: string
  /** Its name on the engine. */
  readonly volume: string
  /**
   * Whether to copy next to the existing data and replace it once complete. Otherwise the volume is empty and the copy
   * goes directly into it.
   */
  readonly staged: boolean
}

/** The folder inside a volume for incomplete data. It contains `volumes/KEY`, as a backup does. */
export const stage = '.piko-incoming'

export interface TargetPaths {
  readonly mount: Mounted
  /** The parent folder of `root`. */
  readonly parent: string
  /** The future root folder of the volume, named by the key. */
  readonly root: string
}

/** The target's paths in a helper. */
export function placeOf({ key, volume, staged }: Target): TargetPaths {
  if (!staged) return { mount: { volume, path: `/to/${key}` }, parent: '/to', root: `/to/${key}` }
  const parent = `/to/${stage}/volumes`
  return { mount: { volume, path: '/to' }, parent, root: `${parent}/${key}` }
}
