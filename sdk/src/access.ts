import type { Context, EnvironmentContext } from './context.js'
import type { Slot } from './slots.js'
import { visibleText } from './visible-text.js'

/** Something outside its worktree that a branch reaches: a folder of this machine, the Docker socket, a remote file. */
export type Access = {
  /** Stable, for programs: `mount`, `provider`. */
  readonly kind: string
  /** One line, without a full stop: "Service web mounts /etc". An approval is for this text. */
  readonly message: string
  readonly service?: string
  /**
   * When it happens, if not when the environment starts: as soon as the checkout is read, from this machine (`reading`)
   * or from the network (`fetching`).
   */
  readonly when?: 'reading' | 'fetching'
  /** It runs files of the branch on this machine, so an approval is for one commit only. */
  readonly runsBranch?: true
  /** piko cannot tell beforehand whether the path is in the checkout. Not listed, but compared with the main checkout. */
  readonly isUncertain?: true
}

/** A folder with the files of a branch. */
export interface Checkout {
  /** Absolute path. */
  readonly path: string
  /** The environment's variables; empty for the main checkout. */
  readonly variables: Readonly<Record<string, string>>
  /** See `linksSlot`. */
  readonly links: readonly string[]
}

/** How the host learns what a branch reaches before anything of it runs. */
export interface AccessDefinition<Config = unknown> {
  /**
   * What reading the checkout reaches and, as far as it can be told without, what the environment would reach. Opens
   * only files that are inside it, runs nothing of it and fetches nothing. Empty if reading reaches nothing. The host asks
   * for approval before a step of the phase `resolve` reads a branch that is not the user's.
   */
  ofReading(context: Context<Config>, checkout: Checkout): Promise<readonly Access[]>
  /** What the main checkout's own model reaches. Branches need no approval for the same. */
  ofMain(context: Context<Config>): Promise<readonly Access[]>
  /** What the environment reaches, as last read in the phase `resolve`. */
  of(context: EnvironmentContext<Config>): readonly Access[]
}

/** Paths of `files: { link: … }`: core links them to the main checkout, so such a link does not lead outside. */
export const linksSlot: Slot<readonly string[]> = { id: 'core.links' }

/** The access as lines under a heading. No lines if there is none. */
export function accessLines(access: readonly Access[]): readonly string[] {
  if (access.length === 0) return []
  return ['Access to this machine', ...access.map(({ message }) => `  ${accessLine(message)}`)]
}

/** What the user approves, on one line: what a branch contains must not hide a part of it. */
export function accessLine(text: string): string {
  return visibleText(text).replaceAll('\n', '\\n')
}
