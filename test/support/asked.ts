import { expect } from 'chai'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { randomBytes } from 'node:crypto'
import type { ScratchProject } from './scratch-project.js'

/** What one piko asked others, in order. */
export interface Asked {
  /** The programs it started, as typed in a shell. */
  readonly programs: readonly string[]
  /** Its requests to the engine's API: `GET /containers/json?all=true`. */
  readonly questions: readonly string[]
}

/** Runs piko, expecting exit code 0. */
export async function askedBy(project: ScratchProject, ...words: readonly string[]): Promise<Asked> {
  const file = join(project.folder, `asked-${randomBytes(4).toString('hex')}`)
  const recorder = import.meta.resolve('./record-asked.js')
  const watched = project.at(project.place.cwd, {
    NODE_OPTIONS: `--import=${recorder}`,
    PIKO_TEST_ASKED: file,
  })
  await watched.pikoWell(...words)
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : []
  const calls = lines.map(line => JSON.parse(line) as readonly string[])
  const isQuestion = ([method = '']: readonly string[]) => /^[A-Z]+$/.test(method)
  return {
    programs: calls.filter(call => !isQuestion(call)).map(call => call.join(' ')),
    questions: calls.filter(isQuestion).map(call => call.join(' ')),
  }
}

/** Expects at most `most` programs, and lists them if there are more. */
export function expectPrograms({ programs }: Asked, most: number): void {
  expect(programs, `\n${programs.join('\n')}\n`).to.have.lengthOf.at.most(most)
}
