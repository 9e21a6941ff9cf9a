import type { FileChange } from '@piko/sdk'
import type { Change } from '../contract.js'

/** What changed from one rendering to the next. */
export interface Difference {
  readonly added: readonly Change[]
  readonly removed: readonly Change[]
  /** New host ports, by `service:port/protocol`. */
  readonly ports: Readonly<Record<string, number>>
  readonly services: { readonly added: readonly string[]; readonly removed: readonly string[] }
  /** Files that any plugin's step changed. */
  readonly files: readonly FileChange[]
}

export interface Rendering {
  readonly changes: readonly Change[]
  readonly ports: Readonly<Record<string, number>>
  readonly services: readonly string[]
}

/** Pure. */
export function compareRenderings(
  before: Rendering,
  after: Rendering,
  files: readonly FileChange[] = [],
): Difference {
  const [old, now] = [before.changes.map(keyOf), after.changes.map(keyOf)]
  return {
    added: after.changes.filter((_, index) => !old.includes(now[index] ?? '')),
    removed: before.changes.filter((_, index) => !now.includes(old[index] ?? '')),
    ports: Object.fromEntries(Object.entries(after.ports).filter(([key]) => !(key in before.ports))),
    files,
    services: {
      added: after.services.filter(name => !before.services.includes(name)),
      removed: before.services.filter(name => !after.services.includes(name)),
    },
  }
}

function keyOf({ service, what, from, to }: Change): string {
  return JSON.stringify([service, what, from, to])
}
