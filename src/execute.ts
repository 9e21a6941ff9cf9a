import { flush, run, settings } from '@oclif/core'
import { containHooks } from './contain-hooks.js'

/** Runs oclif with piko's errors: what no command has caught is printed the same way. */
export async function execute(url: string): Promise<void> {
  const words = process.argv.slice(2)
  // A linked plugin runs as it was compiled; oclif would look for a compiler at every start, and warn where there is none.
  settings.enableAutoTranspile = false
  containHooks()
  try {
    await run(words, url)
    await flush()
  } catch (error) {
    const { printError } = await import('./output/print-error.js')
    process.exitCode = exitCodeOf(error) ?? printError(error, { json: words.includes('--json') })
  }
}

/** `this.exit(n)` is not a failure: the command has said all it had to say. */
function exitCodeOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('code' in error) || error.code !== 'EEXIT') return undefined
  const oclif: unknown = Reflect.get(error, 'oclif')
  return typeof oclif === 'object' && oclif !== null ? Number(Reflect.get(oclif, 'exit')) : 1
}
