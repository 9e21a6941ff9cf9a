import type { Json, PluginName } from './json.js'

/** A named place that one plugin owns and others fill, such as `compose.override`. Two slots with one id are one. */
export interface Slot<Value, Input = undefined> {
  readonly id: `${PluginName}.${string}`
  /** Never set: they carry the types. */
  readonly value?: Value
  readonly input?: Input
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
