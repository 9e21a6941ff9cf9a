import type { Warning } from '@piko/sdk'
import type { Model } from '../contract.js'

export interface Surroundings {
  readonly worktree: string
  /** JSON of each resolved service, without its networks and ports, as text to search in. */
  readonly texts: Readonly<Record<string, string>>
  /** The environment's variables, including the values of `env:`. */
  readonly variables: Readonly<Record<string, string>>
}

/** A feature that piko cannot isolate, or only at a cost. */
export interface Finding {
  /** Markdown for docs/reference/isolation.md: what stays as it is. */
  readonly stays: string
  readonly because: string
  readonly codes: readonly Warning['code'][]
  /** Pure. */
  find(model: Model, surroundings: Surroundings): readonly Warning[]
}
