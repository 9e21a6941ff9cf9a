import { visibleText } from '@piko/sdk'
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
