import type { Trace } from '@piko/sdk'
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { readEnvironments, stateDirOf, subjectOf } from '../environment/record.js'
import { isTraceOf } from '../environment/traces.js'
import { leaseTables, releaseLeases } from '../leases/owner.js'
import { forgetSubject } from '../lifecycle/facts.js'
import { openJournal, readSubjects } from '../lifecycle/journal.js'
import { isLocked } from '../lifecycle/lock.js'
import { forgetPorts } from '../ports/lease.js'
import { environmentLock } from '../runs/locks.js'
import type { Workspace } from '../workspace/open.js'
import type { Difference } from './difference.js'

/** Where piko's databases and files differ from each other. */
export function compareRecords(
  workspace: Workspace,
  traces: readonly Trace[] | undefined,
): readonly Difference[] {
  const own = traces?.filter(trace => isTraceOf(workspace.project, trace))
  // What is recorded about something that exists, or may exist, is needed to find and remove it.
  const mayForget = (name: string) => own?.every(({ environment }) => environment !== name) === true
  return [
    ...orphanedSubjects(workspace).filter(({ environment }) => mayForget(environment)),
    ...orphanedLeases(workspace).filter(({ environment }) => mayForget(environment)),
    ...orphanedFolders(workspace).filter(({ environment }) => mayForget(environment)),
    ...staleNotes(workspace),
  ]
}

type Orphan = Difference & { readonly environment: string }

/** Steps recorded for an environment that is not. */
function orphanedSubjects({ state }: Workspace): readonly Orphan[] {
  const known = new Set(readEnvironments(state).map(({ name }) => subjectOf(name)))
  const orphans = readSubjects(state).filter(
    subject => subject.startsWith('environment:') && !known.has(subject),
  )
  return orphans.map(subject => {
    const name = subject.slice('environment:'.length)
    const steps = openJournal(state, subject)
      .rows()
      .map(({ step }) => step)
    return {
      environment: name,
      title: `Steps of ${name} are recorded (${steps.join(', ')}), but not the environment`,
      hints: ['To forget them, run `piko doctor --fix`'],
      fix() {
        forgetSubject(state, subject)
        forgetPorts(state, subject)
        return Promise.resolve(`Forgot the steps of ${name}`)
      },
    }
  })
}

/** Ports, names and subnets leased for an environment that is not recorded. */
function orphanedLeases({ state, machine, project }: Workspace): readonly Orphan[] {
  const known = new Set(readEnvironments(state).map(({ name }) => subjectOf(name)))
  const sql = leaseTables.map(table => `SELECT owner FROM ${table} WHERE project = :id`).join(' UNION ')
  const owners = machine.prepare(sql).pluck().all({ id: project.id }) as string[]
  const orphans = owners.filter(owner => owner.startsWith('environment:') && !known.has(owner))
  return orphans.map(subject => {
    const name = subject.slice('environment:'.length)
    return {
      environment: name,
      title: `Ports and names are reserved for ${name}, which is not recorded`,
      hints: ['To release them, run `piko doctor --fix`'],
      fix() {
        releaseLeases(machine, { project: project.id, subject })
        return Promise.resolve(`Released the ports and names of ${name}`)
      },
    }
  })
}

/** Files about an environment that is not recorded. They may be logs, so they stay. */
function orphanedFolders({ state, project }: Workspace): readonly Orphan[] {
  const known = new Set(readEnvironments(state).map(({ name }) => name))
  const folder = join(project.root, '.piko', 'environments')
  const names = existsSync(folder) ? readdirSync(folder) : []
  const orphans = names.filter(name => !known.has(name) && !isLocked(environmentLock(project.root, name)))
  return orphans.map(name => ({
    environment: name,
    title: `${stateDirOf(project.root, name)} has files of ${name}, which is not recorded`,
    hints: ['To remove them, run `piko doctor --fix`'],
    fix() {
      rmSync(stateDirOf(project.root, name), { recursive: true, force: true })
      return Promise.resolve(`Removed the files of ${name}`)
    },
  }))
}

/** Notes about the holder of a lock, left by a process that was killed. The lock itself ended with the process. */
function staleNotes({ project }: Workspace): readonly Difference[] {
  const folder = join(project.root, '.piko', 'locks')
  const notes = existsSync(folder) ? readdirSync(folder).filter(name => name.endsWith('.holder')) : []
  return notes.flatMap(note => {
    const file = join(folder, note)
    if (isLocked(file.slice(0, -'.holder'.length))) return []
    const holder = readFileSync(file, 'utf8')
    return [
      {
        title: `\`${holder}\` was killed while it held a lock`,
        hints: ['To remove the note that it left, run `piko doctor --fix`'],
        fix() {
          rmSync(file, { force: true })
          return Promise.resolve(`Removed the note of \`${holder}\``)
        },
      },
    ]
  })
}
