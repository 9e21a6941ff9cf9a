import type { Json, RunName, RunRef } from '@piko/sdk'
import { openJournal, readSubjects } from '../lifecycle/journal.js'
import { isLocked } from '../lifecycle/lock.js'
import { runSubject } from '../lifecycle/run-subject.js'
import { lockFileOf, type Operator } from './run-operation.js'

/** Operations whose journal has a step that was started and never done, and that no process is at work on. */
export function findHalfDone({
  workspace,
  plugins,
}: Pick<Operator, 'workspace' | 'plugins'>): readonly RunName[] {
  const refs = plugins.flatMap(plugin => (plugin.definition.runs ?? []).map(run => run.ref))
  const databases = [workspace.state, workspace.machine]
  return databases.flatMap(database =>
    readSubjects(database)
      .filter(subject =>
        openJournal(database, subject)
          .rows()
          .some(row => row.state === 'started'),
      )
      .flatMap(subject => refs.flatMap(ref => nameOf(ref, subject) ?? []))
      .filter(run => !isLocked(lockFileOf(workspace, run))),
  )
}

function nameOf(run: RunRef<Json>, subject: string): RunName | undefined {
  const whole = runSubject({ run })
  if (subject === whole) return { run }
  return subject.startsWith(`${whole}:`) ? { run, key: subject.slice(whole.length + 1) } : undefined
}
