import type { Filled } from '@piko/sdk'
import type { Change, Model, Override } from '../contract.js'
import { containerNames } from './container-names.js'
import { containerReferences } from './container-references.js'
import { images } from './images.js'
import { labels } from './labels.js'
import { mergeFilled, mergeOverrides } from './merge.js'
import { networks } from './networks.js'
import { ports } from './ports.js'
import type { Rule, Situation } from './rule.js'
import { volumes } from './volumes.js'

/** Every rule of isolation. */
const rules: readonly Rule[] = [ports, containerNames, containerReferences, networks, volumes, images, labels]

export interface Built {
  readonly override: Override
  /** The part of it that other plugins gave. */
  readonly fragment: Override
  readonly changes: readonly Change[]
}

/** What has to stand on top of the Compose files so that this environment meets no other. */
export function buildOverride(
  model: Model,
  filled: readonly Filled<Override>[],
  situation: Situation,
): Built {
  const parts = rules.map(rule => rule(model, situation))
  const fragment = mergeFilled(filled)
  return {
    override: mergeOverrides([...parts.map(part => part.override), fragment]),
    fragment,
    changes: parts.flatMap(part => part.changes),
  }
}
