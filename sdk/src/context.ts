import type { Duplex } from 'node:stream'
import type { Environment, Project, Subject } from './environment.js'
import type { Warning } from './errors.js'
import type { Json } from './json.js'
import type { RunRef, RunRequest } from './run-ref.js'
import type { Fact, Filled, Slot } from './slots.js'
import type { Tables } from './tables.js'
import type { DialOptions, ExecOptions, ExecResult, ProcessOptions } from './tools.js'

/** The command that is running. `rollback` undoes one that failed. */
export type Verb = 'create' | 'up' | 'restart' | 'sync' | 'down' | 'destroy' | 'run' | 'rollback' | 'look'

export type FlagValue = boolean | string | readonly string[] | undefined

/** What every part of a plugin may read. Nothing here changes anything. */
export interface Context<Config> {
  readonly config: Config
  readonly project: Project
  readonly subject: Subject
  readonly verb: Verb
  /** Aborted on Ctrl-C and on a step's time limit. A rollback has its own, not yet aborted. */
  readonly signal: AbortSignal
  /** Values of the flags that this plugin adds to core commands; for `destroy`, its `force` as well. */
  readonly flags: Readonly<Record<string, FlagValue>>
  /** The words after the environment: `piko up feature web` gives `["web"]`. Empty means everything. */
  readonly targets: readonly string[]
  /** Runs a program that only reads. Rejects with `TOOL_FAILED` or `TOOL_MISSING`. */
  look(tool: string, args: readonly string[], options?: ExecOptions): Promise<ExecResult>
  /** Connects to a program's stdin and stdout, for programs such as `ssh -W` and `docker system dial-stdio`. */
  dial(tool: string, args: readonly string[], options?: DialOptions): Duplex
  /** Shown with `DEBUG=piko:*`. */
  debug(message: string): void
  /**
   * Reads a fact published about this subject. With `of`, reads it from another run (the port of the machine's proxy)
   * or from another environment of the project.
   */
  fact<Value extends Json>(fact: Fact<Value>, of?: RunName | EnvironmentName): Value | undefined
  /** The last receipt of one of this plugin's steps for this subject, from this run or an earlier one. */
  receipt<Receipt extends Json>(step: ReceiptOf<Receipt>): Receipt | undefined
  /**
   * Who has claimed a name on this machine, in any namespace. Undefined if nobody has, or this subject itself: see
   * `Changes.claimName`.
   */
  claimedBy(name: string): Claimant | undefined
  /** Reads this plugin's tables. */
  read<Result>(work: (tables: Pick<Tables, 'all'>) => Result): Result
}

/** Identifies a run by its definition and key. */
export interface RunName {
  readonly run: RunRef<Json>
  readonly key?: string
}

/** The subject that has claimed a name: an environment of a project, for one. */
export interface Claimant {
  /** The project's root. Empty if the machine has it. */
  readonly root: string
  /** `environment:feature-auth` */
  readonly subject: string
}

/** Another environment of the project. */
export interface EnvironmentName {
  readonly environment: string
}

/** The part of a step that types its receipt. */
export interface ReceiptOf<Receipt extends Json> {
  readonly id: string
  undo(context: never, receipt: Receipt | undefined): Promise<void>
}

/** The context that contributions and `plan` get: one environment, read-only. */
export interface EnvironmentContext<Config> extends Context<Config> {
  readonly environment: Environment
  /** Warnings so far, from the steps of all plugins. */
  readonly warnings: readonly Warning[]
  /** The values that active plugins contribute to a slot, sorted by plugin name. `input` is passed to each of them. */
  collect<Value, Input>(slot: Slot<Value, Input>, input: NoInfer<Input>): readonly Filled<Value>[]
}

/** Everything that changes something. Available to steps and, through `Host.open`, to a plugin's own commands. */
export interface Changes {
  /** Runs a program without a shell. Its output appears under the step's title and goes to the step's log. */
  exec(tool: string, args: readonly string[], options?: ExecOptions): Promise<ExecResult>
  /**
   * Starts a program that keeps running when piko exits, in its own process group, with stdout and stderr appended to a
   * log file. Store the pid in the receipt; before killing it, check that the pid still belongs to that program.
   */
  startProcess(
    tool: string,
    args: readonly string[],
    options: ProcessOptions,
  ): Promise<{ readonly pid: number }>
  /** Writes a file atomically, creating its folders. `piko sync` lists the files whose content changed. */
  writeFile(path: string, text: string): Promise<void>
  /** Removes a file or folder recursively. Succeeds if it does not exist. */
  remove(path: string): Promise<void>
  /** Excludes a generated file of the worktree or the main checkout from git, through `.git/info/exclude`. */
  hideFromGit(path: string): Promise<void>
  /**
   * Assigns host ports from the environment's block, or from the project's in a run about the project. Keys are
   * `service:port/protocol`. The same request always gets the same port; further requests only add ports. A run about
   * the machine has none.
   */
  assignPorts(requests: readonly PortRequest[]): Promise<Readonly<Record<string, number>>>
  /**
   * Claims a name that is unique on this machine within a namespace (`compose-project`, `network`, `volume`): the
   * wanted one or, if it is taken, the wanted one with a short hash. The answer never changes; `destroy` releases it.
   */
  claimName(namespace: string, wanted: string): string
  /**
   * Leases a subnet, such as `10.210.3.64/26`, from piko's machine-wide pool. The same key gets the same subnet, unless
   * it overlaps one of `avoid`: the subnets in use on the engine, which may be on another machine.
   */
  leaseSubnet(key: string, avoid?: readonly string[]): Promise<string>
  /** Publishes a fact for others to read. It is kept until it is published again or the subject is removed. */
  publish<Value extends Json>(fact: Fact<Value>, value: NoInfer<Value>): void
  /** Adds a warning. It is kept with the environment until this step runs again. */
  warn(warning: Warning): void
  /** Runs `work` on this plugin's tables in a synchronous transaction. */
  transaction<Result>(work: (tables: Tables) => Result): Result
  /** Shows a line under the step's title, replacing the one before. */
  progress(line: string): void
  /** Prints a line on stderr that stays: where a backup is, what was paused and for how long. */
  say(line: string): void
  /**
   * Makes sure that a run of another subject, such as the proxy or a shared service, is done. Undoing this step does
   * not undo it.
   */
  ensure<Input extends Json>(run: RunRef<Input>, request: RunRequest<NoInfer<Input>>): Promise<void>
  /** Undoes a run, once nothing depends on it any more: the counterpart of `ensure`. */
  takeBack(run: RunName): Promise<void>
}

/** The context of an environment's step. */
export interface StepContext<Config> extends EnvironmentContext<Config>, Changes {}

/** The context of a step in a run about the project, the machine or a stage. */
export interface RunStepContext<Config, Input extends Json> extends Context<Config>, Changes {
  /** The run's input. `undo` gets the same one as `do`, even in a later process. */
  readonly input: Input
}

export interface PortRequest {
  /** The Compose service, or another name for what listens. */
  readonly service: string
  /** The port inside the container. */
  readonly port: number
  readonly protocol: 'tcp' | 'udp' | 'sctp'
  /** The host port that the project itself publishes, if any. Determines the position in the block. */
  readonly preferred?: number
  /** Whether the port must be exactly this one. If so, no warning is given that it is taken. */
  readonly exact?: boolean
}
