/** Anything that survives JSON: what a receipt, a fact or a run's input may hold. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

/** The contract's major version. The host refuses a plugin made for another one before importing its code. */
export type ApiVersion = 1

/**
 * Lower-case words joined by dashes, such as `compose`. Owns the section of that name in `.piko.yml`, the table
 * prefix, the step prefix and the error prefix.
 */
export type PluginName = string

/** `<plugin>:<verb>`, such as `caddy:attach`. Kept in the journal, so renaming one needs a migration. */
export type StepId = `${PluginName}:${string}`
