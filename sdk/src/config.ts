import type { Json } from './json.js'

/** The part of Standard Schema (standardschema.dev) that piko asks for; zod, valibot and arktype all have it. */
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

/** A plugin's section of `.piko.yml`. An absent section is validated as `{}`; where that is not enough, the plugin is off. */
export interface ConfigSchema<Config> {
  readonly schema: StandardSchema<Config>
  /** The same as JSON Schema: for editors, the reference pages, and to name the nearest key for an unknown one. */
  jsonSchema(): { readonly [key: string]: Json }
}
