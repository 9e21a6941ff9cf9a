import type { Warning } from '@piko/sdk'
import { readReachablePorts } from '../environment/known-services.js'
import { findRecord, type EnvironmentRecord, subjectOf } from '../environment/record.js'
import { readWarnings } from '../lifecycle/facts.js'
import { openJournal } from '../lifecycle/journal.js'
import type { Workspace } from '../workspace/open.js'

/** An environment in the answers of `create`, `up` and `status`. */
export interface EnvironmentAnswer {
  readonly name: string
  readonly branch: string
  readonly status: string
  readonly path: string
  readonly ports: Readonly<Record<string, number>>
  readonly variables: Readonly<Record<string, string>>
  readonly warnings: readonly Warning[]
  readonly steps: readonly { readonly step: string; readonly title: string; readonly state: string }[]
}

export function environmentAnswer(workspace: Workspace, { name }: EnvironmentRecord): EnvironmentAnswer {
  const { state } = workspace
  const record = findRecord(state, name)
  const { branch = '', status = 'destroyed', path = '', variables = {} } = record ?? {}
  const subject = subjectOf(name)
  const steps = openJournal(state, subject)
    .rows()
    .map(({ step, title, state: done }) => ({ step, title, state: done }))
  return {
    name,
    branch,
    status,
    path,
    ports: readReachablePorts(state, name),
    variables,
    warnings: readWarnings(state, subject),
    steps,
  }
}
