import { shellWord } from '@piko/sdk'
import { basename } from 'node:path'

/** A piko command line for a shell, using the same piko as this process. */
export function pikoLine(words: readonly string[]): string {
  const [, script = 'piko'] = process.argv
  const start = basename(script) === 'piko' ? [script] : [process.execPath, script]
  return [...start, ...words].map(shellWord).join(' ')
}
