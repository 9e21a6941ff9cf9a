import { expect } from 'chai'
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ScratchProject } from './scratch-project.js'

/** What one piko asked others, in order: the programs it started and its requests to the engine's API. */
export type Asked = readonly Call[]

interface Call {
  readonly kind: 'program' | 'question'
  /** `git status`, or `GET /containers/json?all=true`. */
  readonly text: string
}

/** Runs piko, expecting exit code 0. */
export async function askedBy(project: ScratchProject, ...words: readonly string[]): Promise<Asked> {
  const file = join(project.folder, `asked-${randomBytes(4).toString('hex')}`)
  const recorder = import.meta.resolve('./record-asked.js')
  const recorded = { NODE_OPTIONS: `--import=${recorder}`, PIKO_TEST_ASKED: file }
  await project.at(project.place.cwd, recorded).pikoWell(...words)
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : []
  return lines.map(line => {
    const call = JSON.parse(line) as readonly string[]
    return { kind: /^[A-Z]+$/.test(call[0] ?? '') ? 'question' : 'program', text: call.join(' ') }
  })
}

export function programsIn(asked: Asked): readonly string[] {
  return asked.filter(({ kind }) => kind === 'program').map(({ text }) => text)
}

/** Expects at most `most` programs, and lists them if there are more. */
export function expectPrograms(asked: Asked, most: number): void {
  const programs = programsIn(asked)
  expect(programs, `\n${programs.join('\n')}\n`).to.have.lengthOf.at.most(most)
}

/**
 * The questions that a piko asked the engine twice, although it had changed nothing in between. While it waits for
 * services, it looks at their containers again and again.
 */
export function askedTwice(asked: Asked): readonly string[] {
  const twice: string[] = []
  let [known, isWaiting] = [new Set<string>(), false]
  for (const { kind, text } of asked) {
    if (kind === 'program' && changesEngine(text)) {
      known = new Set()
      isWaiting = / (up|restart) /.test(`${text} `)
    }
    if (kind === 'program' || (isWaiting && text.includes('/containers/'))) continue
    if (known.has(text)) twice.push(text)
    known.add(text)
  }
  return twice
}

function changesEngine(program: string): boolean {
  return program.startsWith('docker ') && !/ compose .* config /.test(program)
}
