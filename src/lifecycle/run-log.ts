import { appendFileSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { privateModes } from '../system/write-file.js'
import type { Narrator } from './narrator.js'

/** A run's narrator that also writes everything to the run's log file. */
export interface RunLog {
  readonly narrator: Narrator
  /** Writes the error to the log, and remembers the log for `logOf`. Returns the error. */
  failed(error: unknown): unknown
}

/** How many of the newest logs are kept. */
const KEPT = 20

/**
 * Logs a run to a file in `folder`: its steps, the output of their programs, how it ended. Nothing is written before
 * the first step, so a refused run leaves no file. Only the user can read the file: programs may print secrets.
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

/** The log file of the run that failed with this error. */
export function logOf(error: unknown): string | undefined {
  return error instanceof Error ? logs.get(error) : undefined
}

function openFile(folder: string, command: string): string {
  mkdirSync(folder, { recursive: true, mode: privateModes.folder })
  const old = readdirSync(folder).filter(name => /^\d{4}-\d\d-\d\dT.*\.log$/.test(name))
  for (const name of old.sort().slice(0, -(KEPT - 1))) rmSync(join(folder, name), { force: true })
  const time = new Date().toISOString().slice(0, 19).replaceAll(':', '-')
  const file = join(folder, `${time}-${command.replaceAll(/[^A-Za-z0-9._-]+/g, '-')}.log`)
  append(file, `piko ${command}`)
  return file
}

/** A full disk or a removed folder must not end the run. */
function append(file: string, line: string): void {
  try {
    appendFileSync(file, `${line}\n`, { mode: privateModes.file })
  } catch {
    return
  }
}
