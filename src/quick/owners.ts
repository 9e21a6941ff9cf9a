import { readOwnPackages } from '../oclif/own-packages.js'
import { shortName } from '../project/package-name.js'
import type { Database } from '../state/open.js'

/** The plugins that take part in an environment: they ran steps for it, or published facts about it. */
export function readOwners(state: Database, subject: string): ReadonlySet<string> {
  const owners = state
    .prepare(
      `SELECT plugin FROM journal WHERE subject = :subject
       UNION SELECT substr(id, 1, instr(id, '.') - 1) FROM facts WHERE subject = :subject`,
    )
    .pluck()
    .all({ subject })
  return new Set(owners.map(String))
}

/** Whether one of them may contribute to a slot. Only of piko's own plugins is it known which slots they fill. */
export function takesPart(owners: ReadonlySet<string>, slot: string): boolean {
  const own = readOwnPackages().map(({ pjson, fills }) => ({ name: shortName(pjson.name), fills }))
  return [...owners].some(owner => {
    if (owner === 'core') return false
    return own.find(({ name }) => name === owner)?.fills.includes(slot) ?? true
  })
}
