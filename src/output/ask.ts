import { accessLine, visibleText } from '@piko/sdk'
import type { Consent, Wanted } from '../environment/trust/consent.js'
import { createInterface } from 'node:readline/promises'

/** Asks a yes-or-no question on the terminal. Anything but a clear yes is a no. */
export async function ask(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return /^y(es)?$/i.test((await terminal.question(`${visibleText(question)} [y/N] `)).trim())
  } finally {
    terminal.close()
  }
}

/** How the user can approve something: by a flag or, on a terminal, by an answer. */
export function consentOn({ isGiven, canPrompt }: { isGiven: boolean; canPrompt: boolean }): Consent {
  return canPrompt ? { isGiven, ask: askForApproval } : { isGiven }
}

/** Shows what would be approved on stderr, then asks. */
function askForApproval({ subject, items }: Pick<Wanted, 'subject' | 'items'>): Promise<boolean> {
  const lines = [`${subject}:`, ...items.map(item => `  ${accessLine(item)}`)]
  process.stderr.write(lines.map(line => `${line}\n`).join(''))
  return ask('Approve this?')
}
