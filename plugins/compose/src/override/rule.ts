import type { Dependency } from '@piko/sdk'
import type { Change, Model, Override } from '../contract.js'
import type { Owner } from '../labels.js'
import type { SourceFile } from './source-files.js'

/** One kind of thing that two environments would both claim, and how the override parts them. */
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
  /** The host address for ports whose file names none. */
  readonly bind: string
  /** Services that another plugin has taken out of the project: nothing may refer to them. */
  readonly removed: ReadonlySet<string>
  /** Where configs and secrets stand that are no files of the user's. */
  readonly files: readonly SourceFile[]
  /** Those of the environment, with the values of `env:`. */
  readonly variables: Readonly<Record<string, string>>
  /** How folders of dependencies get into this environment. */
  readonly dependencies: readonly Dependency[]
}

export interface Part {
  readonly override: Override
  readonly changes: readonly Change[]
}

export function servicesPart(services: Readonly<Record<string, Override>>, changes: readonly Change[]): Part {
  return { override: Object.keys(services).length === 0 ? {} : { services }, changes }
}
