import type { Json, PluginName } from './json.js'

/** Refers to a run, so that other plugins can `ensure` it without importing its steps. */
export interface RunRef<Input extends Json> {
  readonly id: `${PluginName}.${string}`
  readonly subject: 'project' | 'machine' | 'stage'
  /** Never set; it only carries the type. */
  readonly input?: Input
}

export interface RunRequest<Input extends Json> {
  /** Distinguishes runs of one kind: the service being shared, the stage being deployed. */
  readonly key?: string
  readonly input: Input
}
