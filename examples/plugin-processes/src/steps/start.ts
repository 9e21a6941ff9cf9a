import { defineStep, type EnvironmentContext, type StepContext } from '@piko/sdk'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { Config } from '../config.js'
import { collectHistory } from '../history.js'
import { isRunning } from '../process/end.js'
import { folderOf, readDefinition, readNames, readState, type State } from '../process/files.js'
import { startProcess } from '../process/start.js'
import { stopProcess, type StoppedBy } from '../process/stop.js'
import { waitUntilReady } from '../process/ready.js'

/** Lets `undo` find the processes if their folders were removed. */
interface Receipt {
  readonly [process: string]: StoppedBy
}

export const startProcesses = defineStep({
  id: 'processes:start',
  title: 'Starting processes',
  phase: 'start',
  after: ['compose:up'],
  async plan(context: EnvironmentContext<Config>) {
    const stale = [...wanted(context).filter(name => !isAsDefined(context, name)), ...unwanted(context)]
    if (stale.length === 0) return { action: 'nothing', because: 'all processes run as they are defined' }
    return {
      action: 'change',
      because: `${stale.join(', ')} ${stale.length === 1 ? 'is' : 'are'} to start or end`,
    }
  },
  async do(context: StepContext<Config>, before: Receipt | undefined): Promise<Receipt> {
    for (const name of unwanted(context)) await stopProcess(context, name, before?.[name])
    for (const name of wanted(context).filter(other => !isAsDefined(context, other))) {
      context.progress(name)
      await stopProcess(context, name, before?.[name])
      await startProcess(context, name)
    }
    await Promise.all(wanted(context).map(name => waitUntilReady(context, name)))
    collectHistory(context)
    return receiptOf(context)
  },
  async undo(context, receipt) {
    const names = new Set([...Object.keys(receipt ?? {}), ...readNames(context.environment)])
    for (const name of names) await stopProcess(context, name, receipt?.[name])
    collectHistory(context)
  },
  async halt(context, receipt) {
    for (const name of readNames(context.environment)) await stopProcess(context, name, receipt?.[name])
    collectHistory(context)
  },
  report: receipt => {
    const names = Object.keys(receipt)
    return names.length === 0 ? undefined : `Started ${names.join(', ')}`
  },
})

/** The configured processes, or those of them that the user named. */
function wanted({ config, targets }: EnvironmentContext<Config>): readonly string[] {
  const names = Object.keys(config)
  return targets.length === 0 ? names : names.filter(name => targets.includes(name))
}

/** Processes of an earlier configuration that are still running. */
function unwanted({ config, environment }: EnvironmentContext<Config>): readonly string[] {
  return readNames(environment).filter(name => !(name in config) && stateOf(environment, name))
}

/** Always false for `restart`. */
function isAsDefined({ environment, verb }: EnvironmentContext<Config>, name: string): boolean {
  const state = stateOf(environment, name)
  const definition = readDefinition(join(folderOf(environment), name))
  return (
    verb !== 'restart' &&
    state !== undefined &&
    isRunning(state) &&
    isDeepStrictEqual(state.definition, definition)
  )
}

function stateOf(environment: StepContext<Config>['environment'], name: string): State | undefined {
  return readState(join(folderOf(environment), name))
}

function receiptOf({ environment }: StepContext<Config>): Receipt {
  const entries = readNames(environment).flatMap(name => {
    const state = stateOf(environment, name)
    if (!state) return []
    const { supervisor, program } = state
    return [[name, { supervisor: { ...supervisor }, ...(program && { program: { ...program } }) }] as const]
  })
  return Object.fromEntries(entries)
}
