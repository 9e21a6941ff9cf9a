import type { Duplex } from 'node:stream'
import type { Environment, Project, Subject } from './environment.js'
import type { Warning } from './errors.js'
import type { Json } from './json.js'
import type { RunRef, RunRequest } from './run-ref.js'
import type { Fact, Filled, Slot } from './slots.js'
import type { Tables } from './tables.js'
import type { DialOptions, ExecOptions, ExecResult, ProcessOptions } from './tools.js'

/** The command that is at work. `rollback` is the way back of one that failed. */
export type Verb = 'create' | 'up' | 'restart' | 'sync' | 'down' | 'destroy' | 'run' | 'rollback' | 'look'

export type FlagValue = boolean | string | readonly string[] | undefined

/** What every part of a plugin may see. Nothing here can change the world. */
export interface Context<Config> {
  readonly config: Config
  readonly project: Project
  readonly subject: Subject
  readonly verb: Verb
  /** Aborted on Ctrl-C and on a step's time limit. A rollback has its own, not yet aborted. */
  readonly signal: AbortSignal
  /** What the user said on this run to the flags that this plugin adds to core commands; of `destroy`, its `force` too. */
  readonly flags: Readonly<Record<string, FlagValue>>
  /** What the user named after the environment: `piko up feature web` gives `["web"]`; empty means everything. */
  readonly targets: readonly string[]
  /** Runs a program to look, never to change. Rejects with `TOOL_FAILED`, or `TOOL_MISSING`. */
  look(tool: string, args: readonly string[], options?: ExecOptions): Promise<ExecResult>
  /** Runs a program to talk with it over its stdin and stdout, as `ssh -W` and `docker system dial-stdio` are meant. */
  dial(tool: string, args: readonly string[], options?: DialOptions): Duplex
  /** Shown with `DEBUG=piko:*`. */
  debug(message: string): void
  /**
   * A fact that its owner has published about this subject; with `of`, in a run (the port of the machine's proxy) or about
   * another environment of the project.
   */
  fact<Value extends Json>(fact: Fact<Value>, of?: RunName | EnvironmentName): Value | undefined
  /** What a step of this plugin returned for this subject, in this run or an earlier one. */
  receipt<Receipt extends Json>(step: ReceiptOf<Receipt>): Receipt | undefined
  /** This plugin's tables, read. */
  read<Result>(work: (tables: Pick<Tables, 'all'>) => Result): Result
}

/** One run, by its definition and its key. */
export interface RunName {
  readonly run: RunRef<Json>
  readonly key?: string
}

/** Another environment of the project. */
export interface EnvironmentName {
  readonly environment: string
}

/** Enough of a step to name its receipt. */
export interface ReceiptOf<Receipt extends Json> {
  readonly id: string
  undo(context: never, receipt: Receipt | undefined): Promise<void>
}

/** The context of an environment: what checks, contributions and `plan` see. */
export interface EnvironmentContext<Config> extends Context<Config> {
  readonly environment: Environment
  /** What steps have warned of so far, those of every plugin. */
  readonly warnings: readonly Warning[]
  /** What the active plugins put into a slot, by plugin name. The input is what the owner knows by now. */
  collect<Value, Input>(slot: Slot<Value, Input>, input: NoInfer<Input>): readonly Filled<Value>[]
}

/** The ways to change the world. A step has them, and so have a plugin's own commands (`Host.open`). */
export interface Changes {
  /** Runs a program, without a shell. Its lines go under the step's title and into its log. */
  exec(tool: string, args: readonly string[], options?: ExecOptions): Promise<ExecResult>
  /**
   * Starts a program that goes on when piko ends, in a process group of its own, with both outputs in a log file. The
   * receipt keeps the pid; whoever ends it checks first that the pid is still that program.
   */
  startProcess(
    tool: string,
    args: readonly string[],
    options: ProcessOptions,
  ): Promise<{ readonly pid: number }>
  /**
   * Replaces a file by renaming a sibling over it, so that a crash never leaves half of one. Makes its folders. `piko sync`
   * names the files that get another content.
   */
  writeFile(path: string, text: string): Promise<void>
  /** Removes a file or a folder with all it holds; nothing there is fine. */
  remove(path: string): Promise<void>
  /** Keeps a generated file of the worktree, or of the main checkout, out of git (`docker-compose.piko.yml`), through `.git/info/exclude`. */
  hideFromGit(path: string): Promise<void>
  /**
   * Host ports out of the environment's leased block, or out of the project's own in a run about it, keyed
   * `service:port/protocol`; the same answer for the same request ever after. Asking again adds; it never takes one away.
   * A run about the machine has none.
   */
  assignPorts(requests: readonly PortRequest[]): Promise<Readonly<Record<string, number>>>
  /**
   * A name that no other subject of this machine holds in this namespace (`compose-project`, `network`, `volume`): the
   * wanted one, or, where somebody else has it, the wanted one with a short hash. The same answer ever after; given
   * back by `destroy`.
   */
  claimName(namespace: string, wanted: string): string
  /**
   * A subnet (`10.210.3.64/26`) out of piko's machine-wide pool; the same for the same key ever after, unless it overlaps
   * one of `avoid`: what the engine uses already, which may not run on this machine.
   */
  leaseSubnet(key: string, avoid?: readonly string[]): Promise<string>
  /** Makes a fact known to others. Kept with the subject until it is published again or the subject is gone. */
  publish<Value extends Json>(fact: Fact<Value>, value: NoInfer<Value>): void
  /** Kept with the environment until this step is done again. */
  warn(warning: Warning): void
  /** This plugin's tables, inside a synchronous transaction. */
  transaction<Result>(work: (tables: Tables) => Result): Result
  /** One line under the step's title, replaced by the next. */
  progress(line: string): void
  /** A line that stays, beside the answer on stderr: where a backup is, what was paused and for how long. */
  say(line: string): void
  /** Winds a run of another subject that this one relies on (the proxy, a shared service). Never taken back from here. */
  ensure<Input extends Json>(run: RunRef<Input>, request: RunRequest<NoInfer<Input>>): Promise<void>
  /** Takes back what a run has made: the other half of `ensure`, for who knows that nobody relies on it any more. */
  takeBack(run: RunName): Promise<void>
}

/** What an environment's step is given. */
export interface StepContext<Config> extends EnvironmentContext<Config>, Changes {}

/** What the step of a run about the project, the machine or a stage is given. */
export interface RunStepContext<Config, Input extends Json> extends Context<Config>, Changes {
  /** What the run was asked for; the same in `do` and, in a later process, in `undo`. */
  readonly input: Input
}

export interface PortRequest {
  /** The Compose service, or whatever listens. */
  readonly service: string
  /** The port inside. */
  readonly port: number
  readonly protocol: 'tcp' | 'udp' | 'sctp'
  /** The host port that the project names itself, where it does; decides the place in the block. */
  readonly preferred?: number
  /** Whether another port would not do: then no warning says that this one was taken. */
  readonly exact?: boolean
}
