import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { readProjects, type RegisteredProject } from '../leases/projects.js'
import { projectStateFile } from '../state/databases.js'
import { openForReading } from '../state/open.js'
import { findOwnState } from '../state/own-state.js'
import { machineStateDir } from '../system/dirs.js'
import { type ListedEnvironment, listEnvironments } from './listing.js'

interface ListedProject {
  readonly project: RegisteredProject
  readonly environments: readonly ListedEnvironment[]
}

export interface UnreadableProject {
  readonly project: RegisteredProject
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

function readProject(project: RegisteredProject): ListedProject | UnreadableProject {
  if (!existsSync(project.root)) return { project, problem: 'its folder is gone', isGone: true }
  if (existsSync(projectStateFile(project.root)) && !findOwnState(project.root))
    return {
      project,
      problem: 'its state cannot be read before `piko list` has checked it there',
      isGone: false,
    }
  try {
    const state = openForReading(projectStateFile(project.root))
    const environments = state ? listEnvironments(state) : []
    state?.close()
    return { project, environments }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return { project, problem: `its state cannot be read: ${why}`, isGone: false }
  }
}
