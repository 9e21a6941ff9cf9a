import type { Slot } from '@piko/sdk'

/** The door for other plugins: what they may add to an environment's session. */

/** A window that shows what a program says. It holds no work: `destroy` ends it without asking. */
export interface Window {
  readonly name: string
  /** A line for `sh`. When it has ended, its last words stay on the screen; the next `up` runs it again. */
  readonly command: string
}

/** Asked when the session is opened, by `create` and `up`. */
export const windowSlot: Slot<Window> = { id: 'tmux.window' }
