import type { Fact, Slot } from './slots.js'

/** A folder of the worktree that a service mounts. */
export interface Mounted {
  readonly service: string
  /** Absolute path on the host. */
  readonly source: string
  /** Path in the container. */
  readonly target: string
  /** Paths below `target` where the service mounts something else, which hides that part of `source`. */
  readonly hidden: readonly { readonly target: string; readonly isKept: boolean }[]
}

/** The folders of the worktree that the environment's services mount. Collected once the Compose model is known. */
export const mountsSlot: Slot<readonly Mounted[]> = { id: 'core.mounts' }

/** How a dependency folder that git ignores gets into an environment. */
export type Dependency = {
  /** Relative to the worktree. */
  readonly path: string
  /**
   * `copied` from the main checkout; `installed` in a container, into a volume; `linked` to the main checkout, if no
   * container mounts it; `absent`: services mount its path, but nothing is there.
   */
  readonly how: 'copied' | 'installed' | 'linked' | 'absent'
  /** The package manager that installs it, run in its parent folder. */
  readonly command?: string
  /** The file that pins the versions, relative to the worktree. */
  readonly lock?: string
  /** If it is absent: the line for `.piko.yml` that adds it. */
  readonly line?: string
  /** Where services mount it; the service that installs it comes first. */
  readonly seen: readonly Seen[]
}

export type Seen = {
  readonly service: string
  readonly target: string
  /** The service mounts something of its own there, which piko leaves alone. */
  readonly isKept?: true
}

/** Core's decision for each dependency folder of an environment. */
export const dependenciesFact: Fact<readonly Dependency[]> = { id: 'core.dependencies' }
