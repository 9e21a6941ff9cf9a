import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Ended } from '../../support/program.js'
import type { ScratchProject } from '../../support/scratch-project.js'

const execute = pathToFileURL(resolve('bundle/start.execute.js')).href
const script = `const { execute } = await import('${execute}'); await execute(process.argv.slice(1))`

/** Runs a command through oclif, without a quick bundle. */
export function throughOclif(project: ScratchProject, words: readonly string[]): Promise<Ended> {
  return project.run(process.execPath, '--input-type=module', '--eval', script, '--', ...words)
}

/** The answer without ages, which keep changing, and the columns whose width they decide. */
export function answerOf({ exitCode, stdout, stderr }: Ended): object {
  const ageless = (text: string) =>
    text
      .replaceAll(/\bUp [^"(]*?(?= {2}|"| \()/g, 'Up')
      .replaceAll(/\b\d+[smh]\b/g, 'AGE')
      .replaceAll(/ {2,}/g, '  ')
  return { exitCode, stdout: ageless(stdout), stderr }
}

/** Runs piko, and also returns the JavaScript files that it loaded, by their names. */
export async function runCounting(
  project: ScratchProject,
  words: readonly string[],
): Promise<Ended & { readonly files: readonly string[] }> {
  const folder = mkdtempSync(join(project.folder, 'coverage-'))
  const ended = await project.at(project.place.cwd, { NODE_V8_COVERAGE: folder }).piko(...words)
  const files = readdirSync(folder).flatMap(name => {
    const { result } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Coverage
    return result.map(({ url }) => url)
  })
  return { ...ended, files: files.filter(url => url.startsWith('file:')).map(url => basename(url)) }
}

/** The part of Node's coverage report that is read: every script that it ran. */
interface Coverage {
  readonly result: readonly { readonly url: string }[]
}
