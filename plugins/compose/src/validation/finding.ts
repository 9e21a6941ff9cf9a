import type { Warning } from '@piko/sdk'
import type { Model } from '../contract.js'

export interface Surroundings {
  readonly worktree: string
  /** By service: all that the resolved project says of it, but for its networks, as text to search in. */
  readonly texts: Readonly<Record<string, string>>
  /** Those of the environment, with the values of `env:`. */
  readonly variables: Readonly<Record<string, string>>
}

/** One kind of thing that piko cannot isolate, or isolates at a price. */
export interface Finding {
  /** Markdown for docs/reference/isolation.md: what stays as it is. */
  readonly stays: string
  readonly because: string
  readonly codes: readonly Warning['code'][]
  /** Pure. */
  find(model: Model, surroundings: Surroundings): readonly Warning[]
}
