import type { StepContext } from '@piko/sdk'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { processErrors } from '../errors/processes.js'
import { folderOf, logOf, readDefinition, readState } from './files.js'
import { findProgram } from './program.js'

const supervisor = fileURLToPath(new URL('supervisor.js', import.meta.url))

/** Starts the supervisor of a process, and waits for its report. */
export async function startProcess(context: StepContext<unknown>, name: string): Promise<void> {
  const folder = join(folderOf(context.environment), name)
  const { port, env } = readDefinition(folder) ?? { env: {} }
  const log = logOf(folder)
  const { pid } = await context.startProcess(process.execPath, [supervisor, folder], {
    env: { ...env, ...(port === undefined ? {} : { PORT: String(port) }) },
    log,
  })
  while (readState(folder)?.supervisor.pid !== pid) {
    context.signal.throwIfAborted()
    const isThere = findProgram(pid) !== undefined
    if (!isThere && readState(folder)?.supervisor.pid !== pid)
      throw processErrors.PROCESSES_SUPERVISOR_ENDED({ process: name, log })
    await pause(20)
  }
}
