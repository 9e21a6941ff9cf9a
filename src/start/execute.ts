import { flush, type Interfaces, run, settings } from '@oclif/core'
import { containHooks } from '../oclif/contain-hooks.js'
import { loadConfig } from '../oclif/own-plugins.js'

/** Runs oclif with piko's errors: what no command has caught is printed the same way. */
export async function execute(given: readonly string[]): Promise<void> {
  // A linked plugin runs as it was compiled; oclif would look for a compiler at every start, and warn where there is none.
  settings.enableAutoTranspile = false
  containHooks()
  let words = given
  try {
    const config = await loadConfig()
    words = asksForHelp(given) ? await keepFromHelp(given, config) : given
    await run([...words], config)
    await flush()
  } catch (error) {
    const { printError } = await import('../output/print-error.js')
    process.exitCode = exitCodeOf(error) ?? printError(error, { json: ownWords(words).includes('--json') })
  }
}

function ownWords(words: readonly string[]): readonly string[] {
  return words.includes('--') ? words.slice(0, words.indexOf('--')) : words
}

function asksForHelp(words: readonly string[]): boolean {
  return ownWords(words).some(word => word === '--help' || word === '-h')
}

/** oclif takes every `-h` before a `--` for its own, also that of `psql -h localhost`. */
async function keepFromHelp(words: readonly string[], config: Interfaces.Config): Promise<string[]> {
  const { markProgramWords } = await import('../oclif/mark-program-words.js')
  return markProgramWords(config, words)
}

/** `this.exit(n)` is not a failure: the command has said all it had to say. */
function exitCodeOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('code' in error) || error.code !== 'EEXIT') return undefined
  const oclif: unknown = Reflect.get(error, 'oclif')
  return typeof oclif === 'object' && oclif !== null ? Number(Reflect.get(oclif, 'exit')) : 1
}
