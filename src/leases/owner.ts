import type { Database } from '../state/open.js'

/** Who holds a lease: a subject of a project, or of the machine (an empty root). */
export interface Owner {
  /** The project's root. */
  readonly project: string
  /** The subject, as the journal spells it: `environment:feature-auth`. */
  readonly subject: string
}

/** Gives back everything that this owner has leased. Nothing leased is fine. */
export function releaseLeases(machine: Database, owner: Owner): void {
  const release = machine.transaction(() => {
    for (const table of ['worktrees', 'blocks', 'subnets', 'names']) {
      machine
        .prepare(`DELETE FROM ${table} WHERE project = ? AND owner = ?`)
        .run(owner.project, owner.subject)
    }
  })
  release.immediate()
}
