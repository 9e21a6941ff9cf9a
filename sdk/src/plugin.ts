import type { ConfigSchema } from './config.js'
import type { Context } from './context.js'
import type { Contributions } from './contributions.js'
import type { Environment, Project, ProjectView } from './environment.js'
import type { ErrorDetails } from './errors.js'
import type { Json, PluginName, StepId } from './json.js'
import type { KnownNames, NameReference, Proposal } from './names.js'
import type { RunRef } from './run-ref.js'
import type { RunDefinition } from './run.js'
import type { Fact } from './slots.js'
import type { Phase, Step } from './step.js'
import type { Migration } from './tables.js'
import type { ToolRequirement } from './tools.js'

/** A plugin, declared once, as data. Read from top to bottom it is a table of contents. */
export interface PluginDefinition<Config = unknown> {
  readonly name: PluginName
  /** One line for `piko plugins` and the reference pages; no full stop. */
  readonly summary: string
  /** It only goes along with others: that it is wanted does not yet tell what a project's environments should run. */
  readonly companion?: boolean
  /**
   * What becomes of an environment that this plugin cannot serve. Either way `plugins: { NAME: required }` in `.piko.yml`
   * makes it an error.
   *
   * - `essential`: nothing is made. A missing tool and a failing step end the run.
   * - none: a missing tool is a warning, and the plugin is skipped; a failing step ends the run.
   * - `optional`: an environment is whole without it. A closed gate or a failing step is a warning, too: the step is taken
   *   back, and the others of this plugin are skipped until the next `up`.
   */
  readonly role?: 'essential' | 'optional'
  /** The section of this plugin's name in `.piko.yml`. Without it the plugin takes no configuration. */
  readonly config?: ConfigSchema<Config>
  /** Plugins that this one cannot work without. A missing one is an error that names both. Their steps go first. */
  readonly requires?: readonly PluginName[]
  readonly tools?: readonly ToolRequirement[]
  /** Whether the project wants this plugin when `.piko.yml` says nothing. Reads; never runs a program. */
  detect?(project: ProjectView, config: Config): Promise<Detection>
  /** Which values of its section are names: `config check` and `create` compare them with `names` and suggest the nearest. */
  refersTo?(config: Config): readonly NameReference[]
  /** The names that sections of `.piko.yml` can hold: those of an environment's branch, else of the main checkout. */
  names?(context: Context<Config>): Promise<readonly KnownNames[]>
  /** What `piko init` is to write for this project. Reads the main checkout; asks no engine. */
  propose?(context: Context<Config>): Promise<Proposal>
  readonly contributes?: Contributions<Config>
  /** What happens when an environment goes up, each with its way back. */
  readonly steps?: readonly Step<Config>[]
  /** What happens to the project, the machine or a stage, by this plugin's own commands or by `ensure`. */
  readonly runs?: readonly RunDefinition<Config>[]
  readonly checks?: readonly Check<Config>[]
  readonly migrations?: readonly Migration[]
}

export interface Detection {
  readonly wanted: boolean
  /** A clause: "compose.yaml is there". */
  readonly because: string
  /** How it would be wanted, where it is not: "To …, …". Shown where no plugin is. */
  readonly hint?: string
}

/** A question with a yes or a problem for an answer. It changes nothing. `piko doctor` asks all of them. */
export interface Check<Config = unknown> {
  readonly id: StepId
  readonly title: string
  /**
   * Also asked before a run that reaches this phase, or that takes it back; the context's verb is then that of the run. A
   * problem ends the run before anything is changed.
   */
  readonly gate?: Phase
  run(context: Context<Config>): Promise<CheckResult>
}

export type CheckResult =
  { readonly ok: true; readonly says?: string } | { readonly ok: false; readonly problem: ErrorDetails }

/**
 * The `piko` field of a plugin's package.json: what the host knows without importing any code.
 *
 *     "piko": { "api": 1, "plugin": "./dist/plugin.js", "flags": { "up": { "pull": { "type": "boolean", "summary": "…" } } } }
 */
export interface PluginManifest {
  readonly api: number
  /** The module whose default export is the definition, inside the package. */
  readonly plugin: string
  /** Flags that this plugin adds to core commands; their values reach its steps as `context.flags`. */
  readonly flags?: Readonly<Partial<Record<LifecycleCommand, Readonly<Record<string, FlagDefinition>>>>>
  /**
   * Commands of a plugin that piko brings along whose plainest calls are answered without oclif: the module of each,
   * whose default export is a `QuickCommand`.
   */
  readonly quick?: Readonly<Record<string, string>>
  /** Of a plugin that piko brings along: the group of `piko help` for each of its commands and topics. */
  readonly help?: Readonly<Partial<Record<HelpGroup, readonly string[]>>>
}

/** The groups of `piko help`. Commands of other plugins have a group of their own. */
export type HelpGroup = 'start' | 'everyday' | 'data' | 'setup'

/** Answers `piko COMMAND [NAME] [--json]`. Whatever it throws, the command itself says in full what is wrong. */
export type QuickCommand = (call: QuickCall) => Promise<QuickAnswer>

export interface QuickCall {
  readonly project: Project
  readonly environment: Pick<Environment, 'name' | 'branch' | 'path'>
  /** What steps have published about the environment. */
  fact<Value extends Json>(fact: Fact<Value>): Value | undefined
}

export interface QuickAnswer {
  readonly lines: readonly string[]
  /** What `--json` prints, with `version: 1`. */
  readonly answer: object
}

/** The core commands that take flags of plugins. */
export type LifecycleCommand = 'create' | 'up' | 'down' | 'restart' | 'destroy'

export interface FlagDefinition {
  readonly type: 'boolean' | 'string'
  readonly multiple?: boolean
  readonly summary: string
  /**
   * The id of a run about the project that `down` does in place of its own work where the flag is given; no environment
   * is needed then. Its input is null.
   */
  readonly run?: RunRef<null>['id']
}

/** Returns its argument. It exists so that the compiler knows the type. */
export function definePlugin<Config>(plugin: PluginDefinition<Config>): PluginDefinition<Config> {
  return plugin
}
