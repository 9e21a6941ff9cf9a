import type { Warning } from '@piko/sdk'
import type { Model } from '../contract.js'
import { addresses } from './addresses.js'
import { aliases } from './aliases.js'
import { external } from './external.js'
import type { Finding, Surroundings } from './finding.js'
import { hardware } from './hardware.js'
import { hostNamespaces } from './host-namespaces.js'
import { lan } from './lan.js'
import { mounts } from './mounts.js'
import { pointers } from './pointers.js'
import { publishing } from './publishing.js'
import { repeatedPorts } from './repeated-ports.js'
import { foreignReferences } from './foreign-references.js'
import { variableNamesTwice } from './variables.js'
import { writableSources } from './writable-sources.js'

/** Every warning. docs/reference/isolation.md is generated from this table. */
export const findings: readonly Finding[] = [
  hostNamespaces,
  external,
  mounts,
  addresses,
  publishing,
  repeatedPorts,
  foreignReferences,
  lan,
  hardware,
  aliases,
  variableNamesTwice,
  writableSources,
  pointers,
]

export function findWarnings(model: Model, surroundings: Surroundings): readonly Warning[] {
  return findings.flatMap(({ find }) => find(model, surroundings))
}
