import type { Database } from '../state/open.js'
import type { Owner } from './owner.js'
import { hashOf } from './projects.js'

/** The other owner of a name, in any namespace. */
export function findClaimant(machine: Database, { name, owner }: { name: string; owner: Owner }) {
  const rows = machine.prepare('SELECT project, owner FROM names WHERE name = ?').all(name) as {
    readonly project: string
    readonly owner: string
  }[] // the table is STRICT
  const other = rows.find(row => row.project !== owner.project || row.owner !== owner.subject)
  return other && { root: other.project, subject: other.owner }
}

/** Claims an engine-wide name; see `Changes.claimName` of the SDK. */
export function claimName(
  machine: Database,
  claim: { readonly namespace: string; readonly wanted: string; readonly owner: Owner },
): string {
  const { namespace, wanted, owner } = claim
  const holder = machine.prepare('SELECT 1 FROM names WHERE namespace = ? AND name = ?')
  const insert = machine.prepare(
    'INSERT INTO names (namespace, name, wanted, project, owner) VALUES (?, ?, ?, ?, ?)',
  )
  const work = machine.transaction(() => {
    const known = machine
      .prepare('SELECT name FROM names WHERE namespace = ? AND project = ? AND owner = ? AND wanted = ?')
      .pluck()
      .get(namespace, owner.project, owner.subject, wanted)
    if (typeof known === 'string') return known
    const suffix = hashOf(`${owner.project}\n${owner.subject}`)
    const name = holder.get(namespace, wanted) === undefined ? wanted : `${wanted}-${suffix}`
    insert.run(namespace, name, wanted, owner.project, owner.subject)
    return name
  })
  return work.immediate()
}
