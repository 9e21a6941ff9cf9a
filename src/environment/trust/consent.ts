import { accessLine } from '@piko/sdk'
import { trustErrors } from '../../errors/trust.js'
import { approve, type Approved, withoutApproved } from '../../trust/approvals.js'
import type { Workspace } from '../../workspace/open.js'

/** How the user can approve something during a command. */
export interface Consent {
  /** `--trust` was given: approve without asking. */
  readonly isGiven: boolean
  /** Asks on the terminal. Undefined if nobody can answer. */
  ask?(about: Pick<Wanted, 'subject' | 'items'>): Promise<boolean>
}

export interface Wanted {
  readonly about: Approved
  /** Everything to approve, as the user reads it. */
  readonly items: readonly string[]
  /** A clause about it that ends before "needs your approval": "What review-me reaches on this machine". */
  readonly subject: string
  /** The command that approves it. */
  readonly command: string
  /** The command that shows it. */
  readonly look?: string
}

/** Approves what has not been approved yet, by `--trust` or the user's answer. Throws `TRUST_NEEDED` otherwise. */
export async function requireApproval(
  { machine, project }: Workspace,
  { about, subject, command, look, ...wanted }: Wanted,
  { isGiven, ask }: Consent,
): Promise<void> {
  const items = withoutApproved(machine, { project: project.root, about, items: wanted.items })
  if (items.length === 0) return
  const isApproved = isGiven || ((await ask?.({ subject, items })) ?? false)
  if (!isApproved)
    throw trustErrors.TRUST_NEEDED({
      about: subject,
      items: items.map(accessLine),
      command,
      ...(look && { look }),
    })
  approve(machine, { project: project.root, about, items })
}

/** `PIKO_TRUST=all`: approves everything in this process, and records nothing. */
export function isEverythingTrusted(): boolean {
  return process.env['PIKO_TRUST'] === 'all'
}
