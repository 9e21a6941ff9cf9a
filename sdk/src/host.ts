import type { Changes, Context, FlagValue, StepContext } from './context.js'
import type { Environment, Project } from './environment.js'
import { failure } from './errors.js'
import type { ApiVersion, Json, PluginName } from './json.js'
import type { RunRef, RunRequest } from './run-ref.js'
import type { Phase } from './step.js'

/** piko's interface for a plugin's own commands, found on the oclif `config` of each command. */
export interface Host {
  readonly api: ApiVersion
  /** The project around the current folder. Throws `PROJECT_NOT_FOUND` outside one. */
  project(): Promise<Project>
  environments(): Promise<readonly Environment[]>
  /**
   * Finds an environment by name or branch, or by the current folder if no name is given. Throws, naming the nearest
   * match.
   */
  environment(name?: string, options?: TargetOptions): Promise<Environment>
  /**
   * Splits a command's words into the environment and the rest. The first word is the environment if one has that name;
   * otherwise, inside a worktree, all words are the rest. `asked` is the value of `--env`.
   */
  target(words: readonly string[], asked?: string, options?: TargetOptions): Promise<Target>
  /** Opens a context for one environment that can also change it, for commands the user typed. */
  open<Config>(plugin: PluginName, environment: Environment): Promise<StepContext<Config>>
  /** The same, while holding the environment's lock. */
  change<Config, Result>(
    plugin: PluginName,
    environment: Environment,
    work: (context: StepContext<Config>) => Promise<Result>,
  ): Promise<Result>
  /**
   * Changes something of the project as a whole (the plugin's tables, files, programs), one command at a time. Ports
   * and git exclusions belong to environments and runs and are refused here. Throws `PLUGIN_OFF` if `.piko.yml` turns
   * the plugin off.
   */
  changeProject<Config, Result>(
    plugin: PluginName,
    work: (context: Context<Config> & Changes) => Promise<Result>,
  ): Promise<Result>
  /** A read-only context for the project as a whole. */
  openProject<Config>(plugin: PluginName): Promise<Context<Config>>
  /** Brings an environment up to a phase, redoing what has changed: all of `piko up`, or part of it. */
  wind(environment: Environment, request: WindRequest): Promise<Outcome>
  /** Performs a run. If it fails, what it made is undone. */
  run<Input extends Json>(run: RunRef<Input>, request: RunRequest<NoInfer<Input>>): Promise<Outcome>
  /** Undoes what `run` made with this key. */
  takeBack(run: RunRef<Json>, key?: string): Promise<Outcome>
  /** Prints an error the way piko does and returns the exit code. */
  fail(error: unknown, options: { readonly json: boolean }): number
}

export interface TargetOptions {
  /**
   * The command only reads: if no environment is named and the project has just one, use that one and say so on stderr.
   * Never set it for a command that changes or removes something.
   */
  readonly isReading?: boolean
}

export interface Target {
  readonly environment: Environment
  readonly rest: readonly string[]
}

export interface WindRequest {
  readonly verb: 'up' | 'restart' | 'sync'
  /** The last phase to run. Default: all phases. */
  readonly through?: Phase
  readonly flags?: Readonly<Record<string, FlagValue>>
  readonly targets?: readonly string[]
  /** Approves what the branch reaches on this machine without asking, like `--trust` of core's commands. */
  readonly trust?: boolean
  /** Shows every step and its programs' output, like `--verbose` of core's commands. */
  readonly verbose?: boolean
}

export interface FileChange {
  /** Absolute path. */
  readonly path: string
  readonly change: 'created' | 'changed' | 'removed'
  /** The plugin whose step changed it. */
  readonly plugin: PluginName
}

/** The result of a run. `reports` are the lines to print. */
export interface Outcome {
  readonly reports: readonly string[]
  /** Files that steps changed through their context. Only for runs of an environment. */
  readonly files?: readonly FileChange[]
}

const key = Symbol.for('dev.piko.host')

/** Attaches the host to oclif's config. Only core calls it. */
export function attachHost(config: object, load: () => Promise<Host>): void {
  let host: Promise<Host> | undefined
  Reflect.set(carried(config), key, () => (host ??= load()))
}

/** Returns the host that runs this command. Rejects if the plugin is not run by piko. */
export async function hostOf(config: object): Promise<Host> {
  const load: unknown = Reflect.get(carried(config), key)
  if (typeof load === 'function') return (load as () => Promise<Host>)() // only `attachHost` sets it
  throw failure({
    code: 'HOST_MISSING',
    message: 'This command was not started by piko',
    hints: ['To run a command of a plugin, install it with `piko plugins install`'],
    kind: 'plugin',
  })
}

/** The part of the config that oclif's copies share: commands and hooks get different copies. */
function carried(config: object): object {
  const options: unknown = Reflect.get(config, 'options')
  return typeof options === 'object' && options !== null ? options : config
}
