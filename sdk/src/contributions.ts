import type { EnvironmentContext } from './context.js'
import type { Json, PluginName } from './json.js'

/** What a plugin gives to the environment or to other plugins. All of it pure, asked for when it is needed. */
export interface Contributions<Config> {
  /** Variables for the environment's processes. Two plugins that set one name is an error that names both. */
  variables?(context: EnvironmentContext<Config>): Readonly<Record<string, string>>
  /** Cells for `piko list`, by column title. */
  columns?(context: EnvironmentContext<Config>): Readonly<Record<string, string>>
  /** What commands take after the environment's name: its services. For completion, and to tell one from the other. */
  targets?(context: EnvironmentContext<Config>): readonly string[]
  readonly fills?: readonly Fill<Config>[]
}

/** A named place that one plugin owns and others fill, such as `compose.override`. Two slots with one id are one. */
export interface Slot<Value, Input = undefined> {
  readonly id: `${PluginName}.${string}`
  /** Never set: they carry the types. */
  readonly value?: Value
  readonly input?: Input
}

/** One plugin's value for another's slot. Made by `fill`. */
export interface Fill<Config> {
  readonly slot: Slot<unknown, unknown>
  with(context: EnvironmentContext<Config>, input: unknown): unknown
}

/** Ties a fill to its slot: `with` gets what the owner knows by then. Undefined adds nothing. */
export function fill<Config, Value, Input>(
  slot: Slot<Value, Input>,
  value: (context: EnvironmentContext<Config>, input: Input) => Value | undefined,
): Fill<Config> {
  // The host only ever calls `with` with the input that the slot's owner gave to `collect` for this very slot.
  return { slot, with: (context, input) => value(context, input as Input) }
}

/** A slot's value with its author. */
export interface Filled<Value> {
  readonly plugin: PluginName
  readonly value: Value
}

/** What one plugin knows and lets others read, such as compose's resolved model. Kept with the environment. */
export interface Fact<Value extends Json> {
  readonly id: `${PluginName}.${string}`
  /** Never set: it carries the type. */
  readonly value?: Value
}
