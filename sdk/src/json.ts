/** Anything that survives JSON: what receipts, facts and inputs of runs may contain. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

/** The contract's major version. The host refuses plugins built for another one, before importing their code. */
export type ApiVersion = 1

/**
 * Lower-case words joined by dashes, such as `compose`. It is also the section in `.piko.yml` and the prefix of tables,
 * steps and errors.
 */
export type PluginName = string

/** `<plugin>:<verb>`, such as `caddy:attach`. Stored in the journal, so renaming one needs a migration. */
export type StepId = `${PluginName}:${string}`
