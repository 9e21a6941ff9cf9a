import type { RunName } from '@piko/sdk'
import { join } from 'node:path'
import { runSubject } from '../lifecycle/run-subject.js'
import { machineStateDir } from '../system/dirs.js'

/** The files of locks. `root` is the project's. */
export function environmentLock(root: string, name: string): string {
  return join(root, '.piko', 'locks', `${name}.db`)
}

export function projectLock(root: string): string {
  return join(root, '.piko', 'locks', 'project.db')
}

export function runLock(root: string, name: RunName): string {
  const folder = name.run.subject === 'machine' ? machineStateDir() : join(root, '.piko')
  return join(folder, 'locks', `${runSubject(name).replaceAll(/[^A-Za-z0-9.-]/g, '-')}.db`)
}
