import type { Json, PluginName } from './json.js'

/** Names a run, so that other plugins can `ensure` it through a `./contract` without importing its steps. */
export interface RunRef<Input extends Json> {
  readonly id: `${PluginName}.${string}`
  readonly subject: 'project' | 'machine' | 'stage'
  /** Never set: it carries the type. */
  readonly input?: Input
}

export interface RunRequest<Input extends Json> {
  /** Tells several runs of one kind apart: the service that is shared, the stage that is deployed to. */
  readonly key?: string
  readonly input: Input
}
