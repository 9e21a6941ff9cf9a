import { expect } from 'chai'
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PIKO } from '../sandbox/piko.js'
import { type Place, start } from './program.js'

/** What one piko asked others, in order. */
export type Asked = readonly Call[]

interface Call {
  /** A program that it started, a request to the engine's API, or a query to one of its databases. */
  readonly kind: 'program' | 'question' | 'query'
  /** `git status`, `GET /containers/json?all=true`, `SELECT * FROM environments`. */
  readonly text: string
}

/** Runs piko, expecting exit code 0. */
export async function askedBy(
  { place }: { readonly place: Place },
  ...words: readonly string[]
): Promise<Asked> {
  const file = join(tmpdir(), `piko-asked-${randomBytes(8).toString('hex')}`)
  const recorder = import.meta.resolve('./record-asked.js')
  const env = { ...place.env, NODE_OPTIONS: `--import=${recorder}`, PIKO_TEST_ASKED: file }
  try {
    const { exitCode, stderr } = await start([...PIKO, ...words], { ...place, env }, ['piko', ...words]).ended
    expect(exitCode, stderr).to.equal(0)
    expect(stderr).not.to.match(/^\(node:\d+\)/m) // a warning from Node is piko's fault
    return readCalls(file)
  } finally {
    rmSync(file, { force: true })
  }
}

function readCalls(file: string): Asked {
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : []
  return lines.map(line => {
    const [kind, ...texts] = JSON.parse(line) as readonly [Call['kind'], ...string[]]
    return { kind, text: texts.join(' ') }
  })
}

/** The texts of one kind. */
export function textsOf(asked: Asked, kind: Call['kind']): readonly string[] {
  return asked.filter(call => call.kind === kind).map(({ text }) => text)
}

/** Expects at most `most` programs, and lists them if there are more. */
export function expectPrograms(asked: Asked, most: number): void {
  const programs = textsOf(asked, 'program')
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
    if (kind !== 'question' || (isWaiting && text.includes('/containers/'))) continue
    if (known.has(text)) twice.push(text)
    known.add(text)
  }
  return twice
}

function changesEngine(program: string): boolean {
  return program.startsWith('docker ') && !/ compose .* config /.test(program)
}
