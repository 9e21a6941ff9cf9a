import type { Warning } from '@piko/sdk'
import type { Model } from '../contract.js'
import { aliases } from './aliases.js'
import { external } from './external.js'
import { mounts } from './mounts.js'
import { services } from './services.js'
import { variables } from './variables.js'

export interface Surroundings {
  readonly worktree: string
  /** Variables of the files that have no value. */
  readonly unset: readonly string[]
}

/** One kind of thing that piko cannot isolate, or isolates at a price. Pure. */
export type Finding = (model: Model, surroundings: Surroundings) => readonly Warning[]

const findings: readonly Finding[] = [services, external, mounts, aliases, variables]

export function findWarnings(model: Model, surroundings: Surroundings): readonly Warning[] {
  return findings.flatMap(find => find(model, surroundings))
}
