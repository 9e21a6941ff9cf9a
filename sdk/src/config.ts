import type { Json } from './json.js'

/** The part of Standard Schema (standardschema.dev) that piko uses. zod, valibot and arktype implement it. */
export interface StandardSchema<Output> {
  readonly '~standard': {
    readonly version: 1
    readonly vendor: string
    validate(value: unknown): SchemaResult<Output> | Promise<SchemaResult<Output>>
    readonly types?: { readonly input: unknown; readonly output: Output } | undefined
  }
}

export type SchemaResult<Output> =
  { readonly value: Output; readonly issues?: undefined } | { readonly issues: readonly SchemaIssue[] }

export interface SchemaIssue {
  readonly message: string
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined
}

/**
 * The schema of a plugin's section in `.piko.yml`. A missing section is validated as `{}`; if that fails, the plugin is
 * inactive.
 */
export interface ConfigSchema<Config> {
  readonly schema: StandardSchema<Config>
  /** The key of the section in `.piko.yml`. Default: the plugin's name. */
  readonly key?: string
  /** The same as JSON Schema, for editors, the reference pages and suggestions for unknown keys. */
  jsonSchema(): { readonly [key: string]: Json }
}
