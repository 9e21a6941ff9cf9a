import type {
  DialOptions,
  EnvironmentName,
  ExecOptions,
  Fact,
  FileChange,
  Filled,
  Json,
  ProcessOptions,
  ReceiptOf,
  RunName,
  RunRef,
  RunRequest,
  Slot,
  StepContext,
  Tables,
  Verb,
} from '@piko/sdk'
import { lstat, readFile, rm } from 'node:fs/promises'
import { claimName } from '../leases/names.js'
import { leaseSubnet } from '../leases/subnets.js'
import type { ActivePlugin } from './active-plugin.js'
import { tablesOf } from '../state/tables.js'
import { startProcess } from '../system/start-process.js'
import { replaceFile } from '../system/write-file.js'
import { type Asking, collect } from './contributions.js'
import { factForeign } from './errors.js'
import { addWarning, readFact, readWarnings, writeFact } from './facts.js'
import type { Ground } from './ground.js'
import { openJournal } from './journal.js'
import { dialProgram, programEnvironment, runProgram } from './program.js'
import { runSubject } from './run-subject.js'
import { openStepLog } from './step-log.js'

export interface ContextOptions {
  readonly plugin: ActivePlugin
  /** The step it is for; a plugin's own command has none. */
  readonly step: string | undefined
  readonly verb: Verb
  readonly signal: AbortSignal
  progress(line: string): void
  say(line: string): void
  /** Called when a file has another content than before. */
  onFile?(change: Omit<FileChange, 'plugin'>): void
}

/** A context that can look and change, for an environment or for a run. What may not change gets it typed as one that only looks. */
export type FullContext = StepContext<unknown> & { readonly input: Json }

export function makeContext(ground: Ground, options: ContextOptions): FullContext {
  return Object.create(
    {},
    {
      ...Object.getOwnPropertyDescriptors(looking(ground, options)),
      ...Object.getOwnPropertyDescriptors(changing(ground, options)),
    },
  ) as FullContext // the two halves below are typed; only the getters keep this from being a spread
}

/** How contributions are asked for: each plugin in a context of its own, which only looks. */
export function askingIn(
  ground: Ground,
  situation: { readonly verb: Verb; readonly signal: AbortSignal },
): Asking {
  const rest = { ...situation, step: undefined, progress: () => undefined, say: () => undefined }
  return { plugins: ground.plugins, contextOf: plugin => makeContext(ground, { ...rest, plugin }) }
}

function looking(ground: Ground, { plugin, verb, signal }: ContextOptions) {
  const subject = ground.owner.subject
  return {
    config: plugin.config,
    project: ground.project,
    subject: ground.subject,
    input: ground.input,
    verb,
    signal,
    flags: ground.flags[plugin.name] ?? {},
    targets: ground.targets,
    get environment() {
      return ground.environment()
    },
    get warnings() {
      return readWarnings(ground.database, subject)
    },
    debug: (message: string) => debugLog(plugin.name, message),
    look: (tool: string, args: readonly string[], options?: ExecOptions) =>
      runProgram(ground, { tool, args, options }, signal),
    dial: (tool: string, args: readonly string[], options?: DialOptions) =>
      dialProgram(ground, { tool, args, options }, signal),
    // The owner of a fact is the only one who writes it, with the type that its `Fact` carries.
    fact: <Value extends Json>(fact: Fact<Value>, of?: RunName | EnvironmentName) =>
      readFactOf(ground, fact.id, of) as Value | undefined,
    // As with facts: what the step returned is what its undo takes.
    receipt: <Receipt extends Json>(step: ReceiptOf<Receipt>) =>
      openJournal(ground.database, subject).find(step.id)?.receipt as Receipt | undefined,
    collect: <Value, Input>(slot: Slot<Value, Input>, input: Input): readonly Filled<Value>[] =>
      collect(askingIn(ground, { verb, signal }), { slot, input }),
    read: <Result>(work: (tables: Pick<Tables, 'all'>) => Result) => work(pluginTables(ground, plugin)),
  }
}

function readFactOf(
  ground: Ground,
  fact: string,
  of: RunName | EnvironmentName | undefined,
): Json | undefined {
  if (!of) return readFact(ground.database, ground.owner.subject, fact)
  if ('environment' in of) return readFact(ground.state, `environment:${of.environment}`, fact)
  return readFact(of.run.subject === 'machine' ? ground.machine : ground.state, runSubject(of), fact)
}

function changing(ground: Ground, { plugin, step, signal, progress, say, onFile }: ContextOptions) {
  const { machine, owner, database } = ground
  const log = step === undefined ? undefined : openStepLog(ground.logDir, step)
  return {
    exec: (tool: string, args: readonly string[], options?: ExecOptions) => {
      const onLine = (line: string) => {
        if (line.trim() !== '') progress(line)
        log?.(line)
        options?.onLine?.(line)
      }
      return runProgram(
        ground,
        { tool, args, options: options?.terminal ? options : { ...options, onLine } },
        signal,
      )
    },
    ...changingFiles(onFile),
    hideFromGit: ground.hideFromGit,
    assignPorts: ground.assignPorts,
    claimName: (namespace: string, wanted: string) => claimName(machine, { namespace, wanted, owner }),
    leaseSubnet: (key: string, avoid: readonly string[] = []) =>
      leaseSubnet(machine, { key: `${plugin.name}:${key}`, owner, avoid }),
    publish: (fact: Fact<Json>, value: Json) => {
      if (!fact.id.startsWith(`${plugin.name}.`)) throw factForeign(plugin.name, fact.id)
      writeFact(database, owner.subject, { id: fact.id, value })
    },
    warn: (warning: Parameters<StepContext<unknown>['warn']>[0]) =>
      addWarning(database, owner.subject, { step: step ?? `${plugin.name}:command`, warning }),
    transaction: <Result>(work: (tables: Tables) => Result) =>
      database.transaction(() => work(pluginTables(ground, plugin))).immediate(),
    progress,
    say,
    ensure: (run: RunRef<Json>, request: RunRequest<Json>) => ground.runs.ensure(run, request, progress),
    takeBack: (run: RunName) => ground.runs.takeBack(run, progress),
    startProcess: (tool: string, args: readonly string[], options: ProcessOptions) =>
      startProcess(tool, args, {
        log: options.log,
        cwd: options.cwd ?? ground.cwd(),
        env: { ...programEnvironment(ground.variables()), ...options.env },
      }),
  }
}

/** Tells of each file that has another content than before. */
function changingFiles(onFile: ContextOptions['onFile']) {
  return {
    writeFile: async (path: string, text: string) => {
      const before = await readFile(path, 'utf8').catch(() => undefined)
      await replaceFile(path, text)
      if (before !== text) onFile?.({ path, change: before === undefined ? 'created' : 'changed' })
    },
    remove: async (path: string) => {
      const isThere = await lstat(path).catch(() => undefined)
      await rm(path, { recursive: true, force: true })
      if (isThere) onFile?.({ path, change: 'removed' })
    },
  }
}

function pluginTables(ground: Ground, plugin: ActivePlugin): Tables {
  return tablesOf(ground.database, { name: plugin.name, prefix: tablePrefix(plugin.name) })
}

export function tablePrefix(plugin: string): string {
  return `${plugin.replaceAll('-', '_')}_`
}

function debugLog(plugin: string, message: string): void {
  const wanted = process.env['DEBUG'] ?? ''
  if (wanted === '*' || wanted.includes('piko')) process.stderr.write(`piko:${plugin} ${message}\n`)
}
