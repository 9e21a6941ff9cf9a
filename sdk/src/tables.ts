/**
 * One step of a plugin's schema, as text: it can be hashed, diffed and run in one transaction. Forward only; a released
 * entry is never edited. Tables start with the plugin's name and an underscore: `shared_services`.
 */
export interface Migration {
  /** `1-services`: ascending numbers, then a word. */
  readonly id: `${number}-${string}`
  readonly sql: string
}

export type Cell = string | number | null

/** A plugin's own tables, inside one synchronous transaction. A statement on another owner's table is refused. */
export interface Tables {
  all(sql: string, ...values: readonly Cell[]): readonly Readonly<Record<string, Cell>>[]
  run(sql: string, ...values: readonly Cell[]): void
}
