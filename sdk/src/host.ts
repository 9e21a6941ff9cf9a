import type { Changes, Context, FlagValue, StepContext } from './context.js'
import type { Environment, Project } from './environment.js'
import { failure } from './errors.js'
import type { ApiVersion, Json, PluginName } from './json.js'
import type { RunRef, RunRequest } from './run-ref.js'
import type { Phase } from './step.js'

/** What a plugin's own commands reach piko through. The oclif `config` of every command carries it. */
export interface Host {
  readonly api: ApiVersion
  /** The project around the current folder. Throws `PROJECT_NOT_FOUND` outside one. */
  project(): Promise<Project>
  environments(): Promise<readonly Environment[]>
  /** By name or branch; without a name, the one whose worktree the current folder is in. Throws with the nearest name. */
  environment(name?: string, options?: TargetOptions): Promise<Environment>
  /**
   * Splits what follows a command into the environment and the rest: the first word is an environment if one has that
   * name, else, inside a worktree, it belongs to the rest. `asked` is the value of `--env`.
   */
  target(words: readonly string[], asked?: string, options?: TargetOptions): Promise<Target>
  /** A plugin's context for one environment, with the power to change: for commands that the user typed. */
  open<Config>(plugin: PluginName, environment: Environment): Promise<StepContext<Config>>
  /** The same, holding the environment's lock while `work` runs. */
  change<Config, Result>(
    plugin: PluginName,
    environment: Environment,
    work: (context: StepContext<Config>) => Promise<Result>,
  ): Promise<Result>
  /**
   * Changes what is the project's as a whole (the plugin's tables, files, what programs do), one command at a time. Ports
   * and hidden files belong to environments and runs, and are refused here. Throws `PLUGIN_OFF` where `.piko.yml` says that the project does without the plugin.
   */
  changeProject<Config, Result>(
    plugin: PluginName,
    work: (context: Context<Config> & Changes) => Promise<Result>,
  ): Promise<Result>
  /** A plugin's context for the project as a whole. */
  look<Config>(plugin: PluginName): Promise<Context<Config>>
  /** Takes an environment up to a phase, running again what has changed: the whole of `piko up`, or a part. */
  wind(environment: Environment, request: WindRequest): Promise<Outcome>
  /** Runs a journalled operation; a failure takes back what it made. */
  run<Input extends Json>(run: RunRef<Input>, request: RunRequest<NoInfer<Input>>): Promise<Outcome>
  /** Takes back what `run` made under this key. */
  takeBack(run: RunRef<Json>, key?: string): Promise<Outcome>
  /** Prints the error as piko does and answers the exit code. */
  fail(error: unknown, options: { readonly json: boolean }): number
}

export interface TargetOptions {
  /**
   * The command changes nothing of the environment, so the only environment of a project stands in where none is named;
   * stderr says so. Never for a command that changes or removes something.
   */
  readonly isReading?: boolean
}

export interface Target {
  readonly environment: Environment
  readonly rest: readonly string[]
}

export interface WindRequest {
  readonly verb: 'up' | 'restart' | 'sync'
  /** The last phase to run. Default: all. */
  readonly through?: Phase
  readonly flags?: Readonly<Record<string, FlagValue>>
  readonly targets?: readonly string[]
  /** Shows every step and what its programs print, as `--verbose` of core's commands does. */
  readonly verbose?: boolean
}

export interface FileChange {
  /** Absolute. */
  readonly path: string
  readonly change: 'created' | 'changed' | 'removed'
  /** Whose step it was. */
  readonly plugin: PluginName
}

/** What a run did. `reports` are the lines of the answer. */
export interface Outcome {
  readonly reports: readonly string[]
  /** Files that steps have changed by their context; of a run about an environment. */
  readonly files?: readonly FileChange[]
}

const key = Symbol.for('dev.piko.host')

/** Puts the host on oclif's config. Only core calls it. */
export function attachHost(config: object, load: () => Promise<Host>): void {
  let host: Promise<Host> | undefined
  Reflect.set(carried(config), key, () => (host ??= load()))
}

/** The host that runs this command. Rejects when the plugin is run by something other than piko. */
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

/** Where oclif keeps what survives its copying of the config: a command gets another copy than the hooks. */
function carried(config: object): object {
  const options: unknown = Reflect.get(config, 'options')
  return typeof options === 'object' && options !== null ? options : config
}
