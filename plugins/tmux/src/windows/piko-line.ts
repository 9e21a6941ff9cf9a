import { shellWord } from '@piko/sdk'
import { basename } from 'node:path'

/** A command of the piko that is running, for a shell: its own name does where it was called by that. */
export function pikoLine(words: readonly string[]): string {
  const [, script = 'piko'] = process.argv
  const start = basename(script) === 'piko' ? [script] : [process.execPath, script]
  return [...start, ...words].map(shellWord).join(' ')
}
