import type { Json, PluginName } from './json.js'

/**
 * A named extension point that one plugin owns and others fill, such as `compose.override`. Slots are identified by
 * their id.
 */
export interface Slot<Value, Input = undefined> {
  readonly id: `${PluginName}.${string}`
  /** Never set; they only carry the types. */
  readonly value?: Value
  readonly input?: Input
}

/** A value in a slot, with the plugin it comes from. */
export interface Filled<Value> {
  readonly plugin: PluginName
  readonly value: Value
}

/** Something a plugin knows and lets others read, such as compose's resolved model. Stored with the subject. */
export interface Fact<Value extends Json> {
  readonly id: `${PluginName}.${string}`
  /** Never set; it only carries the type. */
  readonly value?: Value
}
