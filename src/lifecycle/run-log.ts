import { appendFileSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Narrator } from './narrator.js'

/** A run's narrator, which also writes all that it is told into a file of the run's own. */
export interface RunLog {
  readonly narrator: Narrator
  /** Notes the error in the file, and the file with the error: `logOf` tells it. Returns the error. */
  failed(error: unknown): unknown
}

/** How many runs are kept, counted from the newest. */
const KEPT = 20

/**
 * Writes down a run below `folder`: its steps, what their programs print, how it ended. Nothing is written before the
 * first step, so a run that is refused leaves no file. Only the user can read it: programs may print secrets.
 */
export function recordRun(
  narrator: Narrator,
  { folder, command }: { readonly folder: string; readonly command: string },
): RunLog {
  let file: string | undefined
  const titles = new Map<string, string>()
  const write = (line: string) => {
    if (file !== undefined) append(file, `${new Date().toISOString().slice(11, 23)} ${line}`)
  }
  return {
    narrator: {
      begin: (steps, options) => {
        file ??= openFile(folder, command)
        for (const { id, title } of steps) titles.set(id, title)
        narrator.begin(steps, options)
      },
      start: id => {
        write(`❯ ${titles.get(id) ?? ''} (${id})`)
        narrator.start(id)
      },
      progress: (id, line) => {
        write(`› ${line}`)
        narrator.progress(id, line)
      },
      done: (id, outcome) => {
        write(`${outcome}: ${titles.get(id) ?? ''} (${id})`)
        narrator.done(id, outcome)
      },
      say: line => {
        write(line)
        narrator.say(line)
      },
      end: () => narrator.end(),
    },
    failed: error => {
      if (file === undefined || !(error instanceof Error)) return error
      write(`✗ ${error.message}`)
      logs.set(error, file)
      return error
    },
  }
}

const logs = new WeakMap<Error, string>()

/** The file that has the run that ended in this error. */
export function logOf(error: unknown): string | undefined {
  return error instanceof Error ? logs.get(error) : undefined
}

function openFile(folder: string, command: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const old = readdirSync(folder).filter(name => /^\d{4}-\d\d-\d\dT.*\.log$/.test(name))
  for (const name of old.sort().slice(0, -(KEPT - 1))) rmSync(join(folder, name), { force: true })
  const time = new Date().toISOString().slice(0, 19).replaceAll(':', '-')
  const file = join(folder, `${time}-${command.replaceAll(/[^A-Za-z0-9._-]+/g, '-')}.log`)
  append(file, `piko ${command}`)
  return file
}

/** A full disk, or a folder that is gone since, must not end the run. */
function append(file: string, line: string): void {
  try {
    appendFileSync(file, `${line}\n`, { mode: 0o600 })
  } catch {
    return
  }
}
