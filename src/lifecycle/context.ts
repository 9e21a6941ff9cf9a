import {
  leadsOutside,
  type DialOptions,
  type EnvironmentName,
  type ExecOptions,
  type Fact,
  type FileChange,
  type Filled,
  type Json,
  type ProcessOptions,
  type ReceiptOf,
  type RunName,
  type RunRef,
  type RunRequest,
  type Slot,
  type StepContext,
  type Tables,
  type Verb,
} from '@piko/sdk'
import { lstat, readFile, rm } from 'node:fs/promises'
import { dirname, sep } from 'node:path'
import { lifecycleErrors } from '../errors/lifecycle.js'
import { worktreeErrors } from '../errors/worktree.js'
import { claimName, findClaimant } from '../leases/names.js'
import { leaseSubnet } from '../leases/subnets.js'
import type { ActivePlugin } from './active-plugin.js'
import { tablesOf } from '../state/tables.js'
import { startProcess } from '../system/start-process.js'
import { replaceFile } from '../system/write-file.js'
import { type Asking, collect } from './contributions.js'
import { addWarning, readFact, readWarnings, writeFact } from './facts.js'
import type { Scope } from './scope.js'
import { openJournal } from './journal.js'
import { programEnvironment } from './program-environment.js'
import { dialProgram, runProgram } from './program.js'
import { runSubject } from './run-subject.js'
import { openStepLog } from './step-log.js'

export interface ContextOptions {
  readonly plugin: ActivePlugin
  readonly verb: Verb
  readonly signal: AbortSignal
  /** The step's id. Undefined for checks, contributions and a plugin's own commands. */
  readonly step?: string
  /** Default: discarded. */
  progress?(line: string): void
  say?(line: string): void
  /** Access to runs of other subjects. Default: none. */
  readonly runs?: OtherRuns
  /** Called when a file's content has changed. */
  onFile?(change: Omit<FileChange, 'plugin'>): void
}

/** How a step ensures and undoes runs of other subjects. `progress` shows their progress. */
export interface OtherRuns {
  ensure(run: RunRef<Json>, request: RunRequest<Json>, progress: (line: string) => void): Promise<void>
  takeBack(run: RunName, progress: (line: string) => void): Promise<void>
}

/** A read-write context for an environment or a run. Read-only callers get it under a narrower type. */
export type FullContext = StepContext<unknown> & { readonly input: Json }

export function makeContext(scope: Scope, options: ContextOptions): FullContext {
  return Object.create(
    {},
    {
      ...Object.getOwnPropertyDescriptors(readMembers(scope, options)),
      // Not enumerable for other subjects, so that copying the context does not call the getter.
      environment: { get: () => scope.environment(), enumerable: scope.subject.kind === 'environment' },
      ...Object.getOwnPropertyDescriptors(changeMembers(scope, options)),
    },
  ) as FullContext // the two halves below are typed; a spread would call their getters
}

/** Collects contributions from each plugin with a read-only context of that plugin. */
export function askingIn(
  scope: Scope,
  situation: { readonly verb: Verb; readonly signal: AbortSignal },
): Asking {
  return { plugins: scope.plugins, contextOf: plugin => makeContext(scope, { ...situation, plugin }) }
}

function readMembers(scope: Scope, { plugin, verb, signal }: ContextOptions) {
  const subject = scope.owner.subject
  return {
    config: plugin.config,
    project: scope.project,
    subject: scope.subject,
    input: scope.input,
    verb,
    signal,
    flags: scope.flags[plugin.name] ?? {},
    targets: scope.targets,
    get warnings() {
      return readWarnings(scope.database, subject)
    },
    debug: (message: string) => debugLog(plugin.name, message),
    look: (tool: string, args: readonly string[], options?: ExecOptions) =>
      runProgram(scope, { tool, args, options }, signal),
    dial: (tool: string, args: readonly string[], options?: DialOptions) =>
      dialProgram(scope, { tool, args, options }, signal),
    // Only the owner writes a fact, with the type that its `Fact` carries.
    fact: <Value extends Json>(fact: Fact<Value>, of?: RunName | EnvironmentName) =>
      readFactOf(scope, fact.id, of) as Value | undefined,
    // As with facts: `undo` takes what the step returned.
    receipt: <Receipt extends Json>(step: ReceiptOf<Receipt>) =>
      openJournal(scope.database, subject).find(step.id)?.receipt as Receipt | undefined,
    collect: <Value, Input>(slot: Slot<Value, Input>, input: Input): readonly Filled<Value>[] =>
      collect(askingIn(scope, { verb, signal }), { slot, input }),
    claimedBy: (name: string) => findClaimant(scope.machine, { name, owner: scope.owner }),
    read: <Result>(work: (tables: Pick<Tables, 'all'>) => Result) => work(pluginTables(scope, plugin)),
  }
}

function readFactOf(scope: Scope, fact: string, of: RunName | EnvironmentName | undefined): Json | undefined {
  if (!of) return readFact(scope.database, scope.owner.subject, fact)
  if ('environment' in of) return readFact(scope.state, `environment:${of.environment}`, fact)
  return readFact(of.run.subject === 'machine' ? scope.machine : scope.state, runSubject(of), fact)
}

function changeMembers(scope: Scope, options: ContextOptions) {
  const { plugin, step, signal, progress = ignore, say = ignore, runs = noRuns, onFile } = options
  const { machine, owner, database } = scope
  const log = step === undefined ? undefined : openStepLog(scope.logDir, step)
  return {
    exec: (tool: string, args: readonly string[], options?: ExecOptions) => {
      const onLine = (line: string) => {
        if (line.trim() !== '') progress(line)
        log?.(line)
        options?.onLine?.(line)
      }
      return runProgram(
        scope,
        { tool, args, options: options?.terminal ? options : { ...options, onLine } },
        signal,
      )
    },
    ...fileMembers(scope, onFile),
    hideFromGit: scope.hideFromGit,
    assignPorts: scope.assignPorts,
    claimName: (namespace: string, wanted: string) => claimName(machine, { namespace, wanted, owner }),
    leaseSubnet: (key: string, avoid: readonly string[] = []) =>
      leaseSubnet(machine, { key: `${plugin.name}:${key}`, owner, avoid }),
    publish: (fact: Fact<Json>, value: Json) => {
      if (!fact.id.startsWith(`${plugin.name}.`))
        throw lifecycleErrors.FACT_FOREIGN({ plugin: plugin.name, fact: fact.id })
      writeFact(database, owner.subject, { id: fact.id, value })
    },
    warn: (warning: Parameters<StepContext<unknown>['warn']>[0]) =>
      addWarning(database, owner.subject, { step: step ?? `${plugin.name}:command`, warning }),
    transaction: <Result>(work: (tables: Tables) => Result) =>
      database.transaction(() => work(pluginTables(scope, plugin))).immediate(),
    progress,
    say,
    ensure: (run: RunRef<Json>, request: RunRequest<Json>) => runs.ensure(run, request, progress),
    takeBack: (run: RunName) => runs.takeBack(run, progress),
    startProcess: (tool: string, args: readonly string[], options: ProcessOptions) =>
      startProcess(tool, args, {
        log: options.log,
        cwd: options.cwd ?? scope.cwd(),
        env: { ...programEnvironment(scope.variables()), ...options.env },
      }),
  }
}

const ignore = () => undefined

const noRuns: OtherRuns = { ensure: refuseRun, takeBack: refuseRun }

function refuseRun(): never {
  throw new Error('a context that only looks relies on no run')
}

/** Reports each file whose content changes. Follows no link of the branch out of the worktree. */
function fileMembers(scope: Scope, onFile: ContextOptions['onFile']) {
  return {
    writeFile: async (path: string, text: string) => {
      if (await leavesWorktree(scope, path)) throw worktreeErrors.WORKTREE_LINK_LEAVES({ path })
      const before = await readFile(path, 'utf8').catch(() => undefined)
      await replaceFile(path, text)
      if (before !== text) onFile?.({ path, change: before === undefined ? 'created' : 'changed' })
    },
    remove: async (path: string) => {
      if (await leavesWorktree(scope, path)) return // whatever is there, piko did not write it
      const exists = await lstat(path).catch(() => undefined)
      await rm(path, { recursive: true, force: true })
      if (exists) onFile?.({ path, change: 'removed' })
    },
  }
}

async function leavesWorktree(scope: Scope, path: string): Promise<boolean> {
  if (scope.subject.kind !== 'environment') return false
  const worktree = scope.environment().path
  return path.startsWith(worktree + sep) && leadsOutside(worktree, dirname(path))
}

function pluginTables(scope: Scope, plugin: ActivePlugin): Tables {
  return tablesOf(scope.database, { name: plugin.name, prefix: tablePrefix(plugin.name) })
}

export function tablePrefix(plugin: string): string {
  return `${plugin.replaceAll('-', '_')}_`
}

function debugLog(plugin: string, message: string): void {
  const wanted = process.env['DEBUG'] ?? ''
  if (wanted === '*' || wanted.includes('piko')) process.stderr.write(`piko:${plugin} ${message}\n`)
}
