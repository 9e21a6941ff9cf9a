import { setTimeout as pause } from 'node:timers/promises'
import { processErrors } from '../errors/processes.js'
import type { State } from './files.js'
import { findGroup, isAlive } from './program.js'

const PATIENCE = 5000

/** What identifies a running process. */
export type Traces = Pick<State, 'supervisor' | 'program'>

export function isRunning({ supervisor, program }: Traces): boolean {
  return isAlive(supervisor) || (program !== undefined && isAlive(program))
}

/**
 * Ends a process and everything it started: SIGTERM, then SIGKILL. Leaves the group alone if it now belongs to another
 * program. A pid is not reused while its group exists, so it is enough that one of the two programs is still the same.
 */
export async function endProcess(name: string, traces: Traces): Promise<void> {
  if (!isRunning(traces)) return
  const group = traces.supervisor.pid
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    send(group, signal)
    if (await isGone(group)) return
  }
  throw processErrors.PROCESSES_UNDYING({ process: name, group })
}

async function isGone(group: number): Promise<boolean> {
  const deadline = performance.now() + PATIENCE
  while (findGroup(group).length > 0) {
    if (performance.now() > deadline) return false
    await pause(20)
  }
  return true
}

function send(group: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-group, signal)
  } catch {
    // It has exited in the meantime.
  }
}
