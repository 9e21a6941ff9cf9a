import type { FileChange, Verb } from '@piko/sdk'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { type FullContext, makeContext, type OtherRuns } from '../lifecycle/context.js'
import { addWarning, forgetWarnings } from '../lifecycle/facts.js'
import { type Interrupt, listenForInterrupt } from '../lifecycle/interrupt.js'
import { openJournal } from '../lifecycle/journal.js'
import { withLock } from '../lifecycle/lock.js'
import type { Narrator } from '../lifecycle/narrator.js'
import type { Run } from '../lifecycle/run.js'
import { recordRun } from '../lifecycle/run-log.js'
import type { Scope } from '../lifecycle/scope.js'
import type { Workspace } from '../workspace/open.js'

/** A running user command. Its runs, nested ones included, share its interrupt and its log. */
export interface Command {
  readonly workspace: Workspace
  readonly interrupt: Interrupt
  readonly narrator: Narrator
}

/** Runs the work of a command: listens for Ctrl-C, and logs its runs under `name`. */
export async function beginCommand<Result>(
  about: Omit<Command, 'interrupt'> & { readonly name: string },
  work: (command: Command) => Promise<Result>,
): Promise<Result> {
  const { workspace, narrator, name } = about
  const interrupt = listenForInterrupt()
  const folder = join(workspace.project.root, '.piko', 'logs')
  const log = recordRun(narrator, { folder, command: name })
  try {
    return await work({ workspace, interrupt, narrator: log.narrator })
  } catch (error) {
    throw log.failed(error)
  } finally {
    interrupt.dispose()
  }
}

/** Runs `work` while holding a lock. Waiting commands show `holder`. */
export function holdLock<Result>(
  { interrupt, narrator }: Command,
  lock: { readonly file: string; readonly holder: string },
  work: () => Promise<Result>,
): Promise<Result> {
  const onWait = (holder: string) => narrator.say(`Waiting for \`${holder}\``)
  return withLock({ ...lock, signal: interrupt.first, onWait }, work)
}

export interface RunOptions {
  readonly verb: Verb
  /** How its steps ensure and undo runs of other subjects. */
  readonly runs: OtherRuns
  /** The command that resumes or cleans up after this run: `piko destroy feature-auth`. */
  readonly retry: string
  /** Called after each step. */
  refresh?(): void
}

/** A run with the scope of its contexts. */
export interface ScopedRun extends Run {
  readonly scope: Scope
  /** Files that its steps have changed so far, in order. */
  readonly files: readonly FileChange[]
  contextOf(...given: Parameters<Run['contextOf']>): FullContext
}

/** A command's run about one subject. Changing anything through it requires the subject's lock. */
export function makeRun({ interrupt, narrator }: Command, scope: Scope, options: RunOptions): ScopedRun {
  const { database, owner } = scope
  const { verb, runs, retry, refresh = () => undefined } = options
  const files: FileChange[] = []
  return {
    id: randomUUID(),
    verb,
    scope,
    files,
    journal: openJournal(database, owner.subject),
    input: scope.input,
    interrupt,
    narrator,
    retry,
    contextOf: ({ plugin, step }, { input = scope.input, ...situation }) =>
      makeContext(
        { ...scope, input },
        {
          ...situation,
          plugin,
          step: step.id,
          runs,
          progress: line => narrator.progress(step.id, line),
          say: narrator.say,
          onFile: change => void files.push({ ...change, plugin: plugin.name }),
        },
      ),
    refresh,
    forgetWarnings: step => forgetWarnings(database, owner.subject, step),
    warn: (step, warning) => addWarning(database, owner.subject, { step, warning }),
  }
}
