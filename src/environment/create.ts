import type { EnvironmentStatus } from '@piko/sdk'
import { openJournal } from '../lifecycle/journal.js'
import { phaseRow } from '../lifecycle/phases.js'
import type { PlannedStep } from '../lifecycle/plan.js'
import { planRun, wind } from '../lifecycle/wind.js'
import type { Skipped } from '../plugins/usable.js'
import type { Database } from '../state/open.js'
import { withEnvironmentRun } from './begin-run.js'
import { fateOf, hasWorktree, recordFailure } from './create-failure.js'
import { type CreateRequest, decideCreation, prepare } from './prepare-create.js'
import { addRecord, type EnvironmentRecord, findRecord, setStatus, subjectOf } from './record.js'
import { rehearse, type StepPreview } from './rehearse.js'
import { warnOfSkipped } from './skipped.js'
import { warnOfUnknownNames } from './unknown-names.js'

export interface Created {
  readonly record: EnvironmentRecord
  readonly reports: readonly string[]
}

/** Creates an environment, or resumes an incomplete one. */
export async function createEnvironment(request: CreateRequest): Promise<Created> {
  const { state } = request.workspace
  const creation = await decideCreation(request)
  return withEnvironmentRun(creation.run, async run => {
    const { skipped, steps } = await prepare(creation, run)
    const record = findRecord(state, creation.identity.name) ?? addRecord(state, creation.identity)
    const attempt = { request, name: record.name, run, isResumed: hasWorktree(run) }
    try {
      warnOfSkipped(run, { plugins: run.scope.plugins, skipped })
      const { reports } = await wind(run, steps, { fateAfter: error => fateOf(error, attempt) })
      await warnOfUnknownNames(run)
      setStatus(state, record.name, request.start ? 'running' : statusWithoutStart(state, record))
      return { record: findRecord(state, record.name) ?? record, reports }
    } catch (error) {
      await recordFailure(error, attempt)
      throw error
    }
  })
}

/** What an earlier run started keeps running, even with `--no-start`. */
function statusWithoutStart(state: Database, { name, status }: EnvironmentRecord): EnvironmentStatus {
  const rows = openJournal(state, subjectOf(name)).rows()
  return rows.some(row => phaseRow(row.phase)?.down) ? status : 'prepared'
}

export interface CreationPlan {
  readonly steps: readonly PlannedStep[]
  readonly previews: readonly StepPreview[]
  readonly skipped: readonly Skipped[]
}

/** What a create would do, and why, with the previews of its steps. Changes nothing. */
export async function planCreation(request: CreateRequest): Promise<CreationPlan> {
  const creation = await decideCreation(request)
  return withEnvironmentRun(creation.run, async run => {
    const { skipped, steps } = await prepare(creation, run)
    const planned = await planRun(run, steps)
    const previews = await rehearse({ creation, skipped, interrupt: run.interrupt })
    return { steps: planned, previews, skipped }
  })
}
