import { containerNames } from './container-names.js'
import { containerReferences } from './container-references.js'
import { dependencies } from './dependencies.js'
import { images } from './images.js'
import { labels } from './labels.js'
import { networks } from './networks.js'
import { paths } from './paths.js'
import { pointers } from './pointers.js'
import { ports } from './ports.js'
import { removals } from './removed.js'
import type { Rule } from './rule.js'
import { selection } from './selection.js'
import { sources } from './sources.js'
import { volumes } from './volumes.js'

/** Every rule of isolation. docs/reference/isolation.md is generated from this table. */
export const rules: readonly Rule[] = [
  selection,
  ports,
  containerNames,
  containerReferences,
  networks,
  volumes,
  images,
  paths,
  sources,
  pointers,
  dependencies,
  removals,
  labels,
]
