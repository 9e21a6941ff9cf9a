import { userInfo } from 'node:os'
import { flush, type Interfaces, run, settings } from '@oclif/core'
import { containHooks } from '../oclif/contain-hooks.js'
import { loadConfig } from '../oclif/own-plugins.js'
import { listWithoutLoading, silenceUnused } from '../oclif/quiet-plugins.js'

/** Runs oclif. Errors that no command catches are printed the way piko prints errors. */
export async function execute(given: readonly string[]): Promise<void> {
  // A linked plugin runs as compiled. Otherwise oclif looks for a compiler at every start and warns if there is none.
  settings.enableAutoTranspile = false
  containHooks()
  nameShell()
  let words = given
  try {
    listWithoutLoading(given)
    const config = await loadConfig()
    await silenceUnused(config, given)
    words = asksForHelp(given) ? await keepFromHelp(given, config) : given
    await run([...words], config)
    await flush()
  } catch (error) {
    const { printError } = await import('../output/print-error.js')
    process.exitCode = exitCodeOf(error) ?? printError(error, { json: ownWords(words).includes('--json') })
  }
}

/** Without SHELL, oclif looks up the user's account, and throws if the user id has none, as in many containers. */
function nameShell(): void {
  if (process.env['SHELL'] !== undefined) return
  try {
    userInfo()
  } catch {
    process.env['SHELL'] = '/bin/sh'
  }
}

function ownWords(words: readonly string[]): readonly string[] {
  return words.includes('--') ? words.slice(0, words.indexOf('--')) : words
}

function asksForHelp(words: readonly string[]): boolean {
  return ownWords(words).some(word => word === '--help' || word === '-h')
}

/** oclif treats every `-h` before a `--` as its own, even the one of `psql -h localhost`. */
async function keepFromHelp(words: readonly string[], config: Interfaces.Config): Promise<string[]> {
  const { markProgramWords } = await import('../oclif/mark-program-words.js')
  return markProgramWords(config, words)
}

/** `this.exit(n)` is not an error: the command has already printed everything. */
function exitCodeOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('code' in error) || error.code !== 'EEXIT') return undefined
  const oclif: unknown = Reflect.get(error, 'oclif')
  return typeof oclif === 'object' && oclif !== null ? Number(Reflect.get(oclif, 'exit')) : 1
}
