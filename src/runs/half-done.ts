import type { Json, RunName, RunRef } from '@piko/sdk'
import { openJournal, readSubjects } from '../lifecycle/journal.js'
import { isLocked } from '../lifecycle/lock.js'
import { runSubject } from '../lifecycle/run-subject.js'
import { installedPlugins, type Workspace } from '../workspace/open.js'
import { runLock } from './locks.js'

/**
 * Runs about the project or the machine that were interrupted: a step was started but not done, and no process holds
 * the lock.
 */
export function findHalfDone(workspace: Workspace): readonly RunName[] {
  const refs = installedPlugins(workspace).flatMap(({ definition }) =>
    (definition.runs ?? []).map(run => run.ref),
  )
  const databases = [workspace.state, workspace.machine]
  return databases.flatMap(database =>
    readSubjects(database)
      .filter(subject =>
        openJournal(database, subject)
          .rows()
          .some(row => row.state === 'started'),
      )
      .flatMap(subject => refs.flatMap(ref => nameOf(ref, subject) ?? []))
      .filter(run => !isLocked(runLock(workspace.project.root, run))),
  )
}

function nameOf(run: RunRef<Json>, subject: string): RunName | undefined {
  const whole = runSubject({ run })
  if (subject === whole) return { run }
  return subject.startsWith(`${whole}:`) ? { run, key: subject.slice(whole.length + 1) } : undefined
}
