import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import type { Database } from '../state/open.js'

/**
 * The project's name on this machine: the wanted one, or, where another root has it, the wanted one with a short hash of
 * the path. The same answer ever after for the same wanted name.
 */
export function registerProject(
  machine: Database,
  project: { readonly root: string; readonly wanted: string },
): string {
  const register = machine.transaction(() => {
    const known = machine.prepare('SELECT name FROM projects WHERE root = ?').pluck().get(project.root)
    if (typeof known === 'string' && isFrom(known, project.wanted)) return known
    machine.prepare('DELETE FROM projects WHERE root = ?').run(project.root)
    const taken = machine.prepare('SELECT 1 FROM projects WHERE name = ?').get(project.wanted) !== undefined
    const name = taken ? `${project.wanted.slice(0, 33)}-${hashOf(project.root)}` : project.wanted
    machine.prepare('INSERT INTO projects (root, name) VALUES (?, ?)').run(project.root, name)
    return name
  })
  return register.immediate()
}

/** Whether a name was given for this wanted name; `project:` in .piko.yml may say another one by now. */
function isFrom(name: string, wanted: string): boolean {
  return name === wanted || /^-[0-9a-f]{6}$/.test(name.replace(wanted.slice(0, 33), ''))
}

export interface RegisteredProject {
  readonly name: string
  readonly root: string
}

/** Every project that this machine knows, whether or not its folder is still there. */
export function readProjects(machine: Database): readonly RegisteredProject[] {
  const rows = machine.prepare('SELECT name, root FROM projects ORDER BY name').all()
  return rows as RegisteredProject[] // the table is STRICT
}

/** Roots that hold leases but are no longer on the disk. */
export function findVanishedProjects(machine: Database): readonly string[] {
  const roots = machine.prepare('SELECT root FROM projects').pluck().all() as string[]
  return roots.filter(root => !existsSync(root))
}

/** Forgets a project and all that its subjects have leased. */
export function forgetProject(machine: Database, root: string): void {
  const forget = machine.transaction(() => {
    for (const table of ['worktrees', 'blocks', 'subnets', 'names']) {
      machine.prepare(`DELETE FROM ${table} WHERE project = ?`).run(root)
    }
    machine.prepare('DELETE FROM projects WHERE root = ?').run(root)
  })
  forget.immediate()
}

export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 6)
}
