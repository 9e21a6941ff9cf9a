import type { StepContext } from '@piko/sdk'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { processErrors, processWarnings } from '../errors/processes.js'
import { folderOf, logOf, readLines, readState, type State } from './files.js'

const LISTENS_WITHIN = 30_000
const STAYS_UP_FOR = 300
/** For a process that is restarted. */
const ENDS_AT_MOST = 3

/**
 * Waits until a process listens on its port or, without a port, stays up for a moment or exits with 0. Another exit
 * code is a failure; running without listening is a warning.
 */
export async function waitUntilReady(context: StepContext<unknown>, name: string): Promise<void> {
  const folder = join(folderOf(context.environment), name)
  const log = logOf(folder)
  const facts = { process: name, log }
  const limit = performance.now() + LISTENS_WITHIN
  for (;;) {
    context.signal.throwIfAborted()
    const state = readState(folder)
    if (!state || hasEndedWell(state)) return
    if (hasFailed(state))
      throw processErrors.PROCESSES_ENDED({ ...facts, code: state.exitCode ?? 1, lines: readLines(log, 10) })
    if (state.program && (await isReady(state))) return
    const { port } = state.definition
    if (port !== undefined && performance.now() > limit)
      return context.warn(
        processWarnings.PROCESSES_SILENT({ ...facts, port, seconds: LISTENS_WITHIN / 1000 }),
      )
    await pause(50)
  }
}

function hasEndedWell({ exitCode, definition }: State): boolean {
  return exitCode === 0 && !definition.restart
}

function hasFailed({ exitCode, definition, starts }: State): boolean {
  if (exitCode === undefined) return false
  return definition.restart ? starts >= ENDS_AT_MOST : exitCode !== 0
}

async function isReady({ definition, startedAt }: State): Promise<boolean> {
  if (definition.port !== undefined) return listens(definition.port)
  return Date.now() - Date.parse(startedAt) > STAYS_UP_FOR
}

function listens(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect({ port, host: 'localhost' })
    const answer = (isOpen: boolean) => {
      socket.destroy()
      resolve(isOpen)
    }
    socket.once('connect', () => answer(true)).once('error', () => answer(false))
  })
}
