import type { Filled } from '@piko/sdk'
import type { Change, Model, Override } from '../contract.js'
import { installedAmong, volumeName } from './dependency-volumes.js'
import { mergeFilled, mergeOverrides, removedServices } from './merge.js'
import type { Situation } from './rule.js'
import { rules } from './rules.js'

export interface Built {
  readonly override: Override
  /** The part that other plugins contributed. */
  readonly fragment: Override
  /** Names of the volumes that piko adds. */
  readonly added: ReadonlySet<string>
  readonly changes: readonly Change[]
}

/** Builds the override that keeps this environment apart from every other. */
export function buildOverride(
  model: Model,
  filled: readonly Filled<Override>[],
  situation: Omit<Situation, 'removed'>,
): Built {
  const fragment = mergeFilled(filled)
  const removed = removedServices(fragment)
  const parts = rules.map(rule => rule.apply(model, { ...situation, removed }))
  return {
    override: mergeOverrides([...parts.map(part => part.override), fragment]),
    fragment,
    added: new Set(installedAmong(situation.dependencies).map(one => volumeName(model.project, one))),
    changes: parts
      .flatMap(part => part.changes)
      .filter(({ service, what }) => service === undefined || !removed.has(service) || what === 'service'),
  }
}
