import { errorTable } from '@piko/sdk'

type Needed = {
  readonly about: string
  readonly items: readonly string[]
  /** The command that approves. */
  readonly command: string
  /** The command that shows it. */
  readonly look?: string
}

export const trustErrors = errorTable({
  /** `about`: a clause that ends before "needs approval". */
  TRUST_NEEDED: ({ about, items, command, look }: Needed) => ({
    message: `${about} needs your approval; nothing of it has run`,
    details: items,
    hints: [
      ...(look === undefined ? [] : [`To look at it first, run \`${look}\``]),
      `To approve it, run \`${command}\``,
    ],
    kind: 'refused',
  }),
  TRUST_NOTHING_TO_REVOKE: ({ about, command }: { about: string; command: string }) => ({
    message: `Nothing is approved for ${about}`,
    hints: [`To see what is approved in this project, run \`${command}\``],
  }),
})
