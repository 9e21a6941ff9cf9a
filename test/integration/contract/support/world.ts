import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'

/** The folder in which the fakes create things: one file for each, and a log of events. */
export interface World {
  has(thing: string): boolean
  things(): readonly string[]
  log(): readonly string[]
  make(thing: string, text?: string): void
  take(thing: string): void
  note(line: string): void
  /** The content that a thing was created with. */
  read(thing: string): string
}

export function worldAt(folder: string): World {
  const things = join(folder, 'things')
  const log = join(folder, 'log')
  mkdirSync(things, { recursive: true })
  return {
    has: thing => existsSync(join(things, thing)),
    things: () => readdirSync(things).sort(),
    log: () => (existsSync(log) ? readFileSync(log, 'utf8').trimEnd().split('\n') : []),
    make(thing, text = '') {
      writeFileSync(join(things, thing), text)
      appendFileSync(log, `+${thing}\n`)
    },
    take(thing) {
      if (existsSync(join(things, thing))) appendFileSync(log, `-${thing}\n`)
      rmSync(join(things, thing), { force: true })
    },
    read: thing => readFileSync(join(things, thing), 'utf8'),
    note: line => appendFileSync(log, `${line}\n`),
  }
}

/** The world of the test that started this process. */
export function world(): World {
  return worldAt(process.env['FAKE_WORLD'] ?? '/nowhere')
}
