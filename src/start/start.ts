import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { BUNDLE, readPackage } from '../oclif/own-packages.js'

/** A module of the bundle that answers words, or returns what oclif shall run. */
interface QuickModule {
  run(words: readonly string[]): Promise<readonly string[] | undefined>
}

/**
 * Answers piko's most frequent commands, help and common mistakes without loading oclif, which takes longer than most
 * answers. Each is a single file of the bundle, since the number of files decides how long piko takes to start.
 */
export async function start(words: readonly string[], load: (file: string) => unknown): Promise<void> {
  if (words.length === 1 && (words[0] === '--version' || words[0] === '-v')) return printVersion()
  const left = await answerQuickly(words, file => load(file) as QuickModule)
  if (!left) return
  const { execute } = (await import(new URL('start.execute.js', BUNDLE).href)) as Executing
  await execute(left)
}

// As bundled by the build.
interface Executing {
  execute(words: readonly string[]): Promise<void>
}

async function answerQuickly(
  words: readonly string[],
  load: (file: string) => QuickModule,
): Promise<readonly string[] | undefined> {
  if (words.length === 0) return load(fileOf('overview')).run(words)
  const [command = ''] = words
  const end = words.indexOf('--')
  const asksForHelp = words
    .slice(0, end < 0 ? undefined : end)
    .some(word => word === '--help' || word === '-h')
  const file = fileOf(`command.${command === 'ls' ? 'list' : command}`)
  const isQuick = !asksForHelp && /^[a-z]+$/.test(command) && existsSync(file)
  return load(isQuick ? file : fileOf('before-oclif')).run(words)
}

function fileOf(name: string): string {
  return fileURLToPath(new URL(`quick.${name}.cjs`, BUNDLE))
}

/** The same as oclif's `--version`. */
function printVersion(): void {
  const { name, version } = readPackage()
  process.stdout.write(`${name}/${version} ${process.platform}-${process.arch} node-${process.version}\n`)
}
