import type { PluginDefinition } from '@piko/sdk'

/** A plugin that takes part in a run, with its section of `.piko.yml` as its schema made it. */
export interface ActivePlugin {
  readonly name: string
  readonly packageName: string
  readonly version: string
  readonly definition: PluginDefinition
  readonly config: unknown
  /** Why it takes part: "compose.yaml is there", "named in .piko.yml". */
  readonly because: string
}
