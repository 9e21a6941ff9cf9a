import type { Dependency } from '@piko/sdk'
import type { Change, Model, Override } from '../contract.js'
import type { Owner } from '../labels.js'
import type { SourceFile } from './source-files.js'

/** One kind of conflict between environments, and how the override avoids it. */
export interface Rule {
  /** Markdown for docs/reference/isolation.md: what the Compose files say, and what the environment gets. */
  readonly changes: string
  readonly because: string
  readonly see: string
  /** Pure. */
  apply(model: Model, situation: Situation): Part
}

export interface Situation {
  readonly owner: Owner
  /** The host address for ports without one in the file. */
  readonly bind: string
  /** Services that another plugin removed from the project: nothing may refer to them. */
  readonly removed: ReadonlySet<string>
  /** Files for configs and secrets that the user defined without a file. */
  readonly files: readonly SourceFile[]
  /** The environment's variables, including the values of `env:`. */
  readonly variables: Readonly<Record<string, string>>
  /** How this environment gets its folders of dependencies. */
  readonly dependencies: readonly Dependency[]
}

export interface Part {
  readonly override: Override
  readonly changes: readonly Change[]
}

export function servicesPart(services: Readonly<Record<string, Override>>, changes: readonly Change[]): Part {
  return { override: Object.keys(services).length === 0 ? {} : { services }, changes }
}
