import type { Mounted } from '../engine/helper.js'

/** Where data goes. */
export interface Target {
  /** The volume's key in the Compose files. */
  readonly key: string
  /** Its name on the engine. */
  readonly volume: string
  /** Beside what is there, to be put in its place when it is whole; else into the volume itself, which is empty. */
  readonly staged: boolean
}

/** The folder inside a volume that takes what is not whole yet; in it, as in a backup, `volumes/KEY`. */
export const stage = '.piko-incoming'

export interface Place {
  readonly mount: Mounted
  /** The folder that `root` is in. */
  readonly parent: string
  /** What becomes the volume's own folder; its name is the key. */
  readonly root: string
}

/** Where that is in a helper. */
export function placeOf({ key, volume, staged }: Target): Place {
  if (!staged) return { mount: { volume, path: `/to/${key}` }, parent: '/to', root: `/to/${key}` }
  const parent = `/to/${stage}/volumes`
  return { mount: { volume, path: '/to' }, parent, root: `${parent}/${key}` }
}
