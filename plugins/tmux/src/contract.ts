import type { Slot } from '@piko/sdk'

/** The contract for other plugins: what they can add to an environment's session. */

/** A window that shows a program's output. It contains no work: `destroy` closes it without asking. */
export interface Window {
  readonly name: string
  /** A line for `sh`. After it exits, its last output stays on the screen; the next `up` runs it again. */
  readonly command: string
}

/** Collected when `create` or `up` opens the session. */
export const windowSlot: Slot<Window> = { id: 'tmux.window' }
