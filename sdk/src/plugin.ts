import type { AccessDefinition } from './access.js'
import type { ConfigSchema } from './config.js'
import type { Context } from './context.js'
import type { Contributions } from './contributions.js'
import type { ProjectView } from './environment.js'
import type { ErrorDetails } from './errors.js'
import type { PluginName, StepId } from './json.js'
import type { KnownNames, NameReference, Proposal } from './names.js'
import type { RunRef } from './run-ref.js'
import type { RunDefinition } from './run.js'
import type { Phase, Step } from './step.js'
import type { Migration } from './tables.js'
import type { ToolRequirement } from './tools.js'

/** A plugin, declared as data. It reads like a table of contents. */
export interface PluginDefinition<Config = unknown> {
  readonly name: PluginName
  /** One line for `piko plugins` and the reference pages, without a full stop. */
  readonly summary: string
  /** It only complements other plugins: on its own it does not make a project's environments run anything. */
  readonly companion?: boolean
  /**
   * What happens to an environment if this plugin fails. In any case, `plugins: { NAME: required }` in `.piko.yml` makes
   * it an error.
   *
   * - `essential`: a missing tool or a failing step ends the run.
   * - none: if a tool is missing, the plugin is skipped with a warning; a failing step ends the run.
   * - `optional`: the environment is complete without it. A failing gate or step is only a warning, too: the step is
   *   undone, and the plugin's other steps are skipped until the next `up`.
   */
  readonly role?: 'essential' | 'optional'
  /** The schema of this plugin's section in `.piko.yml`. Without it, the plugin has no configuration. */
  readonly config?: ConfigSchema<Config>
  /** Plugins this one depends on. A missing one is an error that names both. Their steps run first. */
  readonly requires?: readonly PluginName[]
  readonly tools?: readonly ToolRequirement[]
  /** Whether to activate the plugin if `.piko.yml` does not mention it. Only reads, and runs no program. */
  detect?(project: ProjectView, config: Config): Promise<Detection>
  /**
   * The values of its section that refer to names. `config check` and `create` compare them with `names` and suggest
   * the nearest.
   */
  refersTo?(config: Config): readonly NameReference[]
  /** The names that `.piko.yml` can refer to, taken from the environment's branch or else the main checkout. */
  names?(context: Context<Config>): Promise<readonly KnownNames[]>
  /** What `piko init` should write for this project. Reads the main checkout; never contacts an engine. */
  propose?(context: Context<Config>): Promise<Proposal>
  /** What a branch reaches outside its worktree, for the user to approve. */
  readonly access?: AccessDefinition<Config>
  readonly contributes?: Contributions<Config>
  /** The changes that bring an environment up, each with its undo. */
  readonly steps?: readonly Step<Config>[]
  /** Runs about the project, the machine or a stage, started by this plugin's commands or through `ensure`. */
  readonly runs?: readonly RunDefinition<Config>[]
  readonly checks?: readonly Check<Config>[]
  readonly migrations?: readonly Migration[]
}

export interface Detection {
  readonly wanted: boolean
  /** The reason, as a clause: "found compose.yaml". */
  readonly because: string
  /** If it is not wanted: a hint on how to activate it, "To …, …". Shown if no plugin is active. */
  readonly hint?: string
}

/** A read-only check that passes or names a problem. `piko doctor` runs all of them. */
export interface Check<Config = unknown> {
  readonly id: StepId
  readonly title: string
  /**
   * Also run before a run that reaches this phase or undoes it; the context has that run's verb. A problem ends the run
   * before anything is changed.
   */
  readonly gate?: Phase
  run(context: Context<Config>): Promise<CheckResult>
}

export type CheckResult =
  { readonly ok: true; readonly says?: string } | { readonly ok: false; readonly problem: ErrorDetails }

/**
 * The `piko` field of a plugin's package.json, which the host reads without importing any code.
 *
 *     "piko": { "api": 1, "plugin": "./dist/plugin.js", "flags": { "up": { "pull": { "type": "boolean", "summary": "…" } } } }
 */
export interface PluginManifest {
  readonly api: number
  /** Path of the module, within the package, whose default export is the definition. */
  readonly plugin: string
  /** Flags that this plugin adds to core commands. Its steps get their values as `context.flags`. */
  readonly flags?: Readonly<Partial<Record<LifecycleCommand, Readonly<Record<string, FlagDefinition>>>>>
  /**
   * For plugins that ship with piko: commands that only read what is recorded, or run one program. They start without
   * oclif's configuration.
   */
  readonly quick?: readonly string[]
  /** For plugins that ship with piko: the group of each command and topic in `piko help`. */
  readonly help?: Readonly<Partial<Record<HelpGroup, readonly string[]>>>
}

/** The groups of `piko help`. Commands of third-party plugins get their own group. */
export type HelpGroup = 'start' | 'everyday' | 'data' | 'stages' | 'setup'

/** The core commands that take flags of plugins. */
export type LifecycleCommand = 'create' | 'up' | 'down' | 'restart' | 'destroy'

export interface FlagDefinition {
  readonly type: 'boolean' | 'string'
  readonly multiple?: boolean
  readonly summary: string
  /**
   * Id of a run about the project that `down` performs instead of its own work if the flag is given. It needs no
   * environment, and its input is null.
   */
  readonly run?: RunRef<null>['id']
}

/** Returns its argument, so that the compiler infers the type. */
export function definePlugin<Config>(plugin: PluginDefinition<Config>): PluginDefinition<Config> {
  return plugin
}
