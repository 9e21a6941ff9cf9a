// A separate program: runs one process, and restarts it when it exits, until asked to stop. It leads the process group.
// Its output and that of the process go to the log. The argument is the folder of the process.
import { spawn } from 'node:child_process'
import { appendFileSync, existsSync, renameSync, writeFileSync } from 'node:fs'
import { constants } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import { type Event, eventsOf, readDefinition, type State, stateOf } from './files.js'
import { findProgram, type Program } from './program.js'

const [folder = ''] = process.argv.slice(2)
const definition = readDefinition(folder)
const supervisor = findProgram(process.pid)
const ending = new AbortController()

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => ending.abort())
// Without a definition, the process was removed before it started.
if (definition && supervisor) await supervise(definition, supervisor)

async function supervise(what: NonNullable<typeof definition>, self: Program): Promise<void> {
  let quickEnds = 0
  for (let starts = 1; ; starts++) {
    const began = performance.now()
    const common = { supervisor: self, definition: what, starts, startedAt: new Date().toISOString() }
    const exitCode = await runOnce(what.command, program => save({ ...common, ...(program && { program }) }))
    save({ ...common, exitCode })
    if (!what.restart || ending.signal.aborted) return
    quickEnds = performance.now() - began > 10_000 ? 0 : quickEnds + 1
    // A process that keeps exiting at once is restarted with growing delays.
    const wait = Math.min(30_000, 100 * 2 ** quickEnds)
    console.log(`piko: ended with exit code ${exitCode}; starting again in ${wait / 1000} s`)
    await pause(wait, undefined, { signal: ending.signal }).catch(() => undefined)
    if (ending.signal.aborted) return
  }
}

function runOnce(command: string, started: (program: Program | undefined) => void): Promise<number> {
  note('started', null)
  const child = spawn('sh', ['-c', command], { stdio: ['ignore', 'inherit', 'inherit'] })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('spawn', () => started(findProgram(child.pid ?? 0)))
    child.on('exit', (code, signal) => {
      const exitCode = code ?? 128 + (signal ? constants.signals[signal] : 0)
      note('ended', exitCode)
      resolve(exitCode)
    })
  })
}

/** A missing folder means that the process was removed. */
function save(state: State): void {
  if (!existsSync(folder)) return
  writeFileSync(`${stateOf(folder)}.new`, JSON.stringify(state))
  renameSync(`${stateOf(folder)}.new`, stateOf(folder))
}

function note(event: Event['event'], code: number | null): void {
  if (!existsSync(folder)) return
  const line: Event = { at: new Date().toISOString(), event, code }
  appendFileSync(eventsOf(folder), `${JSON.stringify(line)}\n`)
}
