import type { FileChange, Verb } from '@piko/sdk'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { ActivePlugin } from '../lifecycle/active-plugin.js'
import { askingIn, makeContext } from '../lifecycle/context.js'
import { collectServices } from '../lifecycle/ask-state.js'
import { collectColumns, collectTargets, collectVariables } from '../lifecycle/contributions.js'
import { addWarning, forgetWarnings } from '../lifecycle/facts.js'
import type { Ground } from '../lifecycle/ground.js'
import { type Interrupt, listenForInterrupt } from '../lifecycle/interrupt.js'
import { openJournal } from '../lifecycle/journal.js'
import type { Narrator } from '../lifecycle/narrator.js'
import type { Run } from '../lifecycle/run.js'
import { recordRun } from '../lifecycle/run-log.js'
import { otherRunsBy } from '../operation/run-operation.js'
import type { Ports } from '../ports/assign.js'
import { environmentGround, type FlagsByPlugin } from './ground.js'
import { saveServices } from './known-services.js'
import { writeNames } from './names-file.js'
import { withLock } from '../lifecycle/lock.js'
import { saveKnown } from './record.js'
import { installedPlugins, type Workspace } from '../workspace/open.js'

export interface RunRequest {
  readonly workspace: Workspace
  readonly name: string
  readonly verb: Verb
  readonly plugins: readonly ActivePlugin[]
  readonly narrator: Narrator
  readonly flags?: FlagsByPlugin
  readonly targets?: readonly string[]
  readonly pinned?: Ports
}

/** A run with the ground that its contexts stand on. */
export interface EnvironmentRun {
  readonly run: Run
  readonly ground: Ground
  /** What its steps have changed so far, in order. */
  readonly files: readonly FileChange[]
}

/** Runs `work` as the one writer of an environment, with Ctrl-C turned into the run's signals. */
export async function withEnvironmentRun<Result>(
  request: RunRequest,
  work: (run: EnvironmentRun) => Promise<Result>,
): Promise<Result> {
  const { workspace, name, verb } = request
  const interrupt = listenForInterrupt()
  const log = recordRun(request.narrator, {
    folder: logDirOf(workspace.project.root),
    command: `${verb} ${name}`,
  })
  const { narrator } = log
  const lock = {
    file: lockFileOf(workspace.project.root, name),
    holder: `piko ${verb} ${name}`,
    signal: interrupt.first,
    onWait: (holder: string) => narrator.say(`Waiting for \`${holder}\``),
  }
  try {
    return await withLock(lock, () => work(makeRun({ ...request, narrator }, interrupt)))
  } catch (error) {
    throw log.failed(error)
  } finally {
    await writeNames(workspace.state, workspace.project.root)
    interrupt.dispose()
  }
}

/** Where the logs of runs are. */
export function logDirOf(root: string): string {
  return join(root, '.piko', 'logs')
}

export function lockFileOf(root: string, name: string): string {
  return join(root, '.piko', 'locks', `${name}.db`)
}

/** The same without the lock: for `withEnvironmentRun`, and for a rehearsal, which writes nothing. */
export function makeRun(request: RunRequest, interrupt: Interrupt): EnvironmentRun {
  const { workspace, name, verb, narrator } = request
  const { state } = workspace
  const ground: Ground = environmentGround({
    ...request,
    runs: otherRunsBy({ workspace, plugins: installedPlugins(workspace), interrupt, narrator }),
  })
  const { subject } = ground.owner
  const files: FileChange[] = []
  const run: Run = {
    id: randomUUID(),
    verb,
    journal: openJournal(state, subject),
    input: null,
    interrupt,
    narrator,
    retry: verb === 'destroy' || verb === 'down' ? `piko ${verb} ${name}` : `piko destroy ${name}`,
    contextOf: ({ plugin, step }, situation) =>
      makeContext(ground, {
        ...situation,
        plugin,
        step: step.id,
        progress: line => narrator.progress(step.id, line),
        say: narrator.say,
        onFile: change => void files.push({ ...change, plugin: plugin.name }),
      }),
    settle: () => settle(workspace, { ground, name, verb, signal: interrupt.first }),
    forgetWarnings: step => forgetWarnings(state, subject, step),
    warn: (step, warning) => addWarning(state, subject, { step, warning }),
  }
  return { run, ground, files }
}

/** Stores what has become known: `piko env` and `piko list` read it without any plugin. */
function settle(
  { state }: Workspace,
  { ground, name, verb, signal }: { ground: Ground; name: string; verb: Verb; signal: AbortSignal },
): void {
  const asking = askingIn(ground, { verb, signal })
  const [variables, columns, targets] = [
    collectVariables(asking),
    collectColumns(asking),
    collectTargets(asking),
  ]
  saveKnown(state, name, { variables, columns, targets })
  saveServices(state, name, collectServices(asking))
}
