import type { Project } from '@piko/sdk'
import { randomUUID } from 'node:crypto'
import { existsSync, realpathSync } from 'node:fs'
import { workspaceErrors } from '../errors/workspace.js'
import { adoptLeases, findRegistered, keepRegistered, registerProject } from '../leases/projects.js'
import { type Identity, isInUse, readIdentity, writeIdentity } from '../project/identity.js'
import { projectStateFile } from '../state/databases.js'
import { type Database, openForReading } from '../state/open.js'
import { isSameFile } from '../state/own-state.js'

/** How a project came to its folder, if not by being created there. */
export interface Arrival {
  readonly kind: 'moved' | 'copied'
  /** Where it was, or where the original is. */
  readonly from: string
}

export interface Place {
  readonly state: Database
  readonly machine: Database
  readonly root: string
}

/** What a folder's database says about a project that was moved or copied there. Undefined if it was not. */
export function findArrival(place: Place): Arrival | undefined {
  const { state, root } = place
  const known = readIdentity(state)
  if (!known || known.root === root) return undefined
  const original = findOriginal(place, known)
  return original === undefined ? { kind: 'moved', from: known.root } : { kind: 'copied', from: original }
}

/** Recorded paths are valid only where they were recorded: what is in use elsewhere must be settled here first. */
export function requireSettled({ state, root }: Place, arrival: Arrival): void {
  if (!isInUse(state)) return
  const { kind, from } = arrival
  throw kind === 'moved'
    ? workspaceErrors.PROJECT_MOVED({ from, to: root })
    : workspaceErrors.PROJECT_COPIED({ from, to: root })
}

/**
 * The project of a folder, registered on this machine. Its name never changes while in use: existing containers must be
 * found by it even if the machine's registry was lost or `project:` has changed.
 */
export function identify({ state, machine, root }: Place, { wanted, isCopy = false }: Naming): Project {
  const before = isCopy ? undefined : readIdentity(state)
  const id = before?.id ?? randomUUID()
  if (before && before.id === undefined) adoptLeases(machine, { id, formerId: before.root })
  const name =
    before && isInUse(state)
      ? keptName(machine, { ...before, id, root })
      : registerProject(machine, { id, root, wanted })
  if (before?.id !== id || before.root !== root || before.name !== name)
    writeIdentity(state, { id, root, name })
  return { id, root, name, formerRoots: readIdentity(state)?.formerRoots ?? [] }
}

interface Naming {
  readonly wanted: string
  /** The identity in the database is the original's. */
  readonly isCopy?: boolean
}

function keptName(
  machine: Database,
  project: { readonly id: string; readonly root: string; readonly name: string },
) {
  keepRegistered(machine, project)
  return project.name
}

/** The folder that has this project's identity and is not this one. */
function findOriginal({ machine, root }: Place, known: Identity): string | undefined {
  const registered = known.id === undefined ? undefined : findRegistered(machine, known.id)?.root
  return [registered, known.root].find(
    other => other !== undefined && other !== root && isSameProject(other, known, root),
  )
}

function isSameProject(other: string, known: Identity, root: string): boolean {
  const file = projectStateFile(other)
  if (!existsSync(file) || realpathSync(file) === realpathSync(projectStateFile(root))) return false
  if (isSameFile(file, projectStateFile(root)))
    throw workspaceErrors.PROJECT_UNDER_TWO_PATHS({ from: other, to: root })
  try {
    const state = openForReading(file)
    const found = state && readIdentity(state)
    state?.close()
    return known.id === undefined ? found !== undefined : found?.id === known.id
  } catch {
    return known.id === undefined // not migrated: it has no id either
  }
}
