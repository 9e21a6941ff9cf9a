import type { PluginDefinition } from '@piko/sdk'

/** A plugin that is active in a run, with its section of `.piko.yml` as parsed by its schema. */
export interface ActivePlugin {
  readonly name: string
  readonly packageName: string
  readonly version: string
  readonly definition: PluginDefinition
  readonly config: unknown
  /** Why it is active: "found compose.yaml", "named in .piko.yml". */
  readonly because: string
  /** Required by `.piko.yml`: never skipped. */
  readonly isRequired?: boolean
}

/** Whether environments are created without it if one of its tools is missing. */
export function maySkip({ name, definition, isRequired }: ActivePlugin): boolean {
  return name !== 'core' && definition.role !== 'essential' && !isRequired
}

/** Whether its failing gates and steps are only warnings. */
export function mayFail({ definition, isRequired }: ActivePlugin): boolean {
  return definition.role === 'optional' && !isRequired
}
