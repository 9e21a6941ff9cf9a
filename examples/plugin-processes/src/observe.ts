import type { EnvironmentContext } from '@piko/sdk'
import { join } from 'node:path'
import type { Config } from './config.js'
import { processErrors } from './errors/processes.js'
import { isRunning } from './process/end.js'
import { folderOf, logOf, readDefinition, readNames, readState } from './process/files.js'

/** The current state of a process of an environment. */
export interface Observed {
  readonly name: string
  /** "running", "stopped", "ended (1)" */
  readonly state: string
  readonly port?: number
  readonly pid?: number
  /** How often it has started since the last `up`. */
  readonly starts: number
  readonly log: string
}

export function observeProcesses({
  environment,
}: Pick<EnvironmentContext<Config>, 'environment'>): readonly Observed[] {
  return readNames(environment).map(name => {
    const folder = join(folderOf(environment), name)
    const state = readState(folder)
    const port = readDefinition(folder)?.port
    const runs = state !== undefined && isRunning(state)
    const ended = state?.exitCode === undefined ? 'stopped' : `ended (${state.exitCode})`
    return {
      name,
      state: runs ? (state.exitCode === undefined ? 'running' : 'restarting') : ended,
      ...(port === undefined ? {} : { port }),
      ...(runs && state.program ? { pid: state.program.pid } : {}),
      starts: state?.starts ?? 0,
      log: logOf(folder),
    }
  })
}

/** The named processes, or all. Throws if one does not exist. */
export function requireNames(
  { environment }: Pick<EnvironmentContext<Config>, 'environment'>,
  said: readonly string[],
): readonly string[] {
  const known = readNames(environment)
  const unknown = said.find(name => !known.includes(name))
  if (unknown !== undefined) throw processErrors.PROCESSES_UNKNOWN({ name: unknown, known })
  return said.length === 0 ? known : said
}
