/** Where what is recorded differs from git, from the engine, or from what else is recorded. */
export interface Difference {
  /** The environment that it is about, if it is about one. */
  readonly environment?: string
  readonly title: string
  /** What it consists of, a line each. */
  readonly details?: readonly string[]
  readonly hints: readonly string[]
  /** Repairs it without losing anything. Returns what it did. */
  fix?(): Promise<string>
}
