import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { readProjects, type RegisteredProject } from '../leases/projects.js'
import { projectStateFile } from '../state/databases.js'
import { readIdentity } from '../project/identity.js'
import { type Database, openForReading } from '../state/open.js'
import { findOwnState } from '../state/own-state.js'
import { machineStateDir } from '../system/dirs.js'
import { type ListedEnvironment, listEnvironments } from './listing.js'

interface ListedProject {
  readonly project: Pick<RegisteredProject, 'name' | 'root'>
  readonly environments: readonly ListedEnvironment[]
}

export interface UnreadableProject {
  readonly project: Pick<RegisteredProject, 'name' | 'root'>
  /** A clause: "its folder is gone". */
  readonly problem: string
  readonly isGone: boolean
}

export interface AllProjects {
  readonly listed: readonly ListedProject[]
  readonly unreadable: readonly UnreadableProject[]
}

/** The environments of all projects on this machine, read from their databases without writing to them. */
export function listAllProjects(): AllProjects {
  const machine = openForReading(join(machineStateDir(), 'machine.db'))
  const projects = machine ? readProjects(machine) : []
  machine?.close()
  const read = projects.map(readProject)
  return {
    listed: read.filter(one => 'environments' in one),
    unreadable: read.filter(one => 'problem' in one),
  }
}

function readProject({ id, ...project }: RegisteredProject): ListedProject | UnreadableProject {
  if (!existsSync(project.root)) return { project, problem: 'its folder is gone', isGone: true }
  if (existsSync(projectStateFile(project.root)) && !findOwnState(project.root))
    return {
      project,
      problem: 'its state cannot be read before `piko list` has checked it there',
      isGone: false,
    }
  try {
    const state = openForReading(projectStateFile(project.root))
    const isThere = state && isOf(state, id)
    const environments = state && isThere ? listEnvironments(state) : []
    state?.close()
    return isThere === false
      ? { project, problem: 'another project is in its folder', isGone: true }
      : { project, environments }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return { project, problem: `its state cannot be read: ${why}`, isGone: false }
  }
}

/** Whether a database is that of the project with this id. Without an id of its own, its root stands for it. */
function isOf(state: Database, id: string): boolean {
  const hasIds = state.prepare("SELECT 1 FROM pragma_table_info('project') WHERE name = 'id'").get()
  const found = hasIds ? readIdentity(state) : undefined
  return found?.id === undefined || found.id === id
}
