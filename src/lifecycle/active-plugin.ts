import type { PluginDefinition } from '@piko/sdk'

/** A plugin that takes part in a run, with its section of `.piko.yml` as its schema made it. */
export interface ActivePlugin {
  readonly name: string
  readonly packageName: string
  readonly version: string
  readonly definition: PluginDefinition
  readonly config: unknown
  /** Why it takes part: "found compose.yaml", "named in .piko.yml". */
  readonly because: string
  /** `.piko.yml` says so: it is never skipped. */
  readonly isRequired?: boolean
}

/** Whether environments are made without it where one of its tools is missing. */
export function maySkip({ name, definition, isRequired }: ActivePlugin): boolean {
  return name !== 'core' && definition.role !== 'essential' && !isRequired
}

/** Whether a gate or a step of it that fails is a warning. */
export function mayFail({ definition, isRequired }: ActivePlugin): boolean {
  return definition.role === 'optional' && !isRequired
}
