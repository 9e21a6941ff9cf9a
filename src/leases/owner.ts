import type { Database } from '../state/open.js'

/** The holder of a lease: a subject of a project, or of the machine (with an empty id). */
export interface Owner {
  /** The project's id. */
  readonly project: string
  /** The subject as in the journal: `environment:feature-auth`. */
  readonly subject: string
}

export const leaseTables = ['worktrees', 'blocks', 'subnets', 'names'] as const

/** Releases everything that this owner has leased. Succeeds if there is nothing. */
export function releaseLeases(machine: Database, owner: Owner): void {
  const release = machine.transaction(() => {
    for (const table of leaseTables) {
      machine
        .prepare(`DELETE FROM ${table} WHERE project = ? AND owner = ?`)
        .run(owner.project, owner.subject)
    }
  })
  release.immediate()
}
