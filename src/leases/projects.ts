import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import type { Database } from '../state/open.js'
import { leaseTables } from './owner.js'

export interface RegisteredProject {
  readonly id: string
  readonly name: string
  readonly root: string
}

/**
 * The project's name on this machine: the requested one or, if another project has it, that name with a short hash. The
 * same request always gets the same name.
 */
export function registerProject(
  machine: Database,
  project: { readonly id: string; readonly root: string; readonly wanted: string },
): string {
  const { id, root, wanted } = project
  const known = findRegistered(machine, id)
  if (known && known.root === root && isDerivedFrom(known.name, wanted)) return known.name
  const register = machine.transaction(() => {
    forgetPredecessors(machine, project)
    const taken = machine.prepare('SELECT 1 FROM projects WHERE name = ? AND id <> ?').get(wanted, id)
    const name = taken === undefined ? wanted : `${wanted.slice(0, 33)}-${hashOf(id)}`
    machine.prepare('INSERT OR REPLACE INTO projects (id, root, name) VALUES (?, ?, ?)').run(id, root, name)
    return name
  })
  return register.immediate()
}

/** Records where a project is now, under the name that its containers already have. */
export function keepRegistered(machine: Database, project: RegisteredProject): void {
  const { id, root, name } = project
  const known = findRegistered(machine, id)
  if (known?.root === root && known.name === name) return
  machine.prepare('INSERT OR IGNORE INTO projects (id, root, name) VALUES (?, ?, ?)').run(id, root, name)
  machine.prepare('UPDATE projects SET root = ? WHERE id = ?').run(root, id)
}

/** Gives a project the leases that versions without ids keyed by its root. */
export function adoptLeases(
  machine: Database,
  { id, formerId }: { readonly id: string; readonly formerId: string },
): void {
  const adopt = machine.transaction(() => {
    machine.prepare('UPDATE projects SET id = ? WHERE id = ?').run(id, formerId)
    for (const table of leaseTables)
      machine.prepare(`UPDATE ${table} SET project = ? WHERE project = ?`).run(id, formerId)
  })
  adopt.immediate()
}

export function findRegistered(machine: Database, id: string): RegisteredProject | undefined {
  const row = machine.prepare('SELECT id, name, root FROM projects WHERE id = ?').get(id)
  return row as RegisteredProject | undefined // the table is STRICT
}

/** Frees the name of a project that was in this folder before and has left nothing. */
function forgetPredecessors(machine: Database, { id, root }: { readonly id: string; readonly root: string }) {
  const others = machine.prepare('SELECT id FROM projects WHERE root = ? AND id <> ?').pluck().all(root, id)
  for (const other of others as string[]) {
    const holds = leaseTables.some(table =>
      machine.prepare(`SELECT 1 FROM ${table} WHERE project = ?`).get(other),
    )
    if (!holds) machine.prepare('DELETE FROM projects WHERE id = ?').run(other)
  }
}

/** Whether a registered name was derived from this one. `project:` in .piko.yml may have changed since. */
function isDerivedFrom(name: string, wanted: string): boolean {
  return name === wanted || /^-[0-9a-f]{6}$/.test(name.replace(wanted.slice(0, 33), ''))
}

/** Every project registered on this machine, whether or not its folder still exists. */
export function readProjects(machine: Database): readonly RegisteredProject[] {
  const rows = machine.prepare('SELECT id, name, root FROM projects ORDER BY name').all()
  return rows as RegisteredProject[] // the table is STRICT
}

/** Projects that hold leases but whose folder no longer exists. */
export function findVanishedProjects(machine: Database): readonly RegisteredProject[] {
  return readProjects(machine).filter(({ root }) => !existsSync(root))
}

/** Removes a project and all leases of its subjects. */
export function forgetProject(machine: Database, id: string): void {
  const forget = machine.transaction(() => {
    for (const table of leaseTables) machine.prepare(`DELETE FROM ${table} WHERE project = ?`).run(id)
    machine.prepare('DELETE FROM projects WHERE id = ?').run(id)
  })
  forget.immediate()
}

export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 6)
}
