import { basename } from 'node:path'

/** A word that every shell takes as it is. */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}

/** A command of the piko that is running, for a shell: its own name does where it was called by that. */
export function pikoLine(words: readonly string[]): string {
  const [, script = 'piko'] = process.argv
  const start = basename(script) === 'piko' ? [script] : [process.execPath, script]
  return [...start, ...words].map(shellWord).join(' ')
}
