import type { Fact, Slot } from './slots.js'

/** A folder of the worktree that a service sees. */
export interface Mounted {
  readonly service: string
  /** On the host, absolute. */
  readonly source: string
  /** In the container. */
  readonly target: string
  /** What the service has at other places of its own: a mount there hides what `source` has below it. */
  readonly hidden: readonly { readonly target: string; readonly isKept: boolean }[]
}

/** Which folders of an environment's worktree its services see. Asked when the environment's model is known. */
export const mountsSlot: Slot<readonly Mounted[]> = { id: 'core.mounts' }

/** How a folder of dependencies, which git ignores, gets into an environment. */
export type Dependency = {
  /** Relative to the worktree. */
  readonly path: string
  /**
   * `copied` from the main checkout; `installed` in a container, into a volume; `linked` to the main checkout, where no
   * container looks; `absent`: services see its place, and nothing is there.
   */
  readonly how: 'copied' | 'installed' | 'linked' | 'absent'
  /** What installs it, in the folder above. */
  readonly command?: string
  /** The file that pins the versions, relative to the worktree. */
  readonly lock?: string
  /** The line for `.piko.yml` that brings it, where it is absent. */
  readonly line?: string
  /** Where services see it, the one that installs it first. */
  readonly seen: readonly Seen[]
}

export type Seen = {
  readonly service: string
  readonly target: string
  /** Something of the service's own is mounted there, which piko leaves. */
  readonly isKept?: true
}

/** Core's decision about each such folder of an environment. */
export const dependenciesFact: Fact<readonly Dependency[]> = { id: 'core.dependencies' }
