/**
 * One step of a plugin's schema, as SQL text, run in one transaction. Migrations only go forward; never edit a released
 * one. Table names start with the plugin's name and an underscore: `shared_services`.
 */
export interface Migration {
  /** An ascending number and a word: `1-services`. */
  readonly id: `${number}-${string}`
  readonly sql: string
}

export type Cell = string | number | null

/** A plugin's own tables, in one synchronous transaction. Statements on other tables are refused. */
export interface Tables {
  all(sql: string, ...values: readonly Cell[]): readonly Readonly<Record<string, Cell>>[]
  run(sql: string, ...values: readonly Cell[]): void
}
