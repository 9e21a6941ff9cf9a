import { type Access, type EnvironmentStatus, shellWord } from '@piko/sdk'
import { openJournal } from '../lifecycle/journal.js'
import { phaseRow } from '../lifecycle/phases.js'
import type { PlannedStep } from '../lifecycle/plan.js'
import { planRun, wind } from '../lifecycle/wind.js'
import type { Skipped } from '../plugins/usable.js'
import type { Database } from '../state/open.js'
import { withEnvironmentRun } from './begin-run.js'
import { corePlugin } from './core-plugin.js'
import { fateOf, hasWorktree, recordFailure } from './create-failure.js'
import { type CreateRequest, type Creation, decideCreation, prepare } from './prepare-create.js'
import { addRecord, type EnvironmentRecord, findRecord, setStatus, subjectOf } from './record.js'
import { rehearse, type StepPreview } from './rehearse.js'
import { warnOfSkipped } from './skipped.js'
import { requireTrustInCommands } from './trust/commands.js'
import { mayRead, planTrust, type TrustPlan } from './trust/require-trust.js'
import { accessOf, readMainReading } from './trust/review.js'
import { requireTrustIn, type RunToTrust, trustRequestOf } from './trust/trust-run.js'
import { warnOfUnknownNames } from './unknown-names.js'

export interface Created {
  readonly record: EnvironmentRecord
  readonly reports: readonly string[]
  /** What it reaches outside its worktree. */
  readonly access: readonly Access[]
}

/** Creates an environment, or resumes an incomplete one. */
export async function createEnvironment(request: CreateRequest): Promise<Created> {
  const { state } = request.workspace
  const creation = await decideCreation(request)
  return withEnvironmentRun(creation.run, async run => {
    const { skipped, steps } = await prepare(creation, run)
    await requireTrustInCommands(request.workspace, 'start', request.consent)
    await requireTrustIn(run, toTrust(creation, skipped))
    const record = findRecord(state, creation.identity.name) ?? addRecord(state, creation.identity)
    const attempt = { request, name: record.name, run, isResumed: hasWorktree(run) }
    try {
      warnOfSkipped(run, { plugins: run.scope.plugins, skipped })
      const { reports } = await wind(run, steps, { fateAfter: error => fateOf(error, attempt) })
      await warnOfUnknownNames(run)
      setStatus(state, record.name, request.start ? 'running' : statusWithoutStart(state, record))
      const access = accessOf(run.scope, run.interrupt.first)
      return { record: findRecord(state, record.name) ?? record, reports, access }
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
  readonly trust: TrustPlan
}

/**
 * What a create would do, and why, with the previews of its steps. Changes nothing, and fetches nothing: a branch or a
 * main checkout that includes remote files is not read.
 */
export async function planCreation(request: CreateRequest): Promise<CreationPlan> {
  const creation = await decideCreation(request)
  return withEnvironmentRun(creation.run, async run => {
    const { first: signal } = run.interrupt
    const mainReading = await readMainReading(request.workspace, creation.run.plugins, signal)
    const isOffline = !mainReading.some(isFetched)
    const { skipped, steps } = await prepare(creation, run, { checksNames: isOffline })
    const planned = await planRun(run, steps)
    const trust = await trustRequestOf(toTrust(creation, skipped), run)
    const { previews, review } = await rehearse(
      { creation, skipped, interrupt: run.interrupt },
      async reading => isOffline && !reading.some(isFetched) && (await mayRead(trust, reading)),
    )
    return { steps: planned, previews, skipped, trust: await planTrust(trust, review) }
  })
}

function isFetched({ when }: Access): boolean {
  return when === 'fetching'
}

function toTrust({ request, identity, run, findBranch }: Creation, skipped: readonly Skipped[]): RunToTrust {
  const others = run.plugins.filter(({ name }) => {
    return name !== 'core' && !skipped.some(({ plugin }) => plugin === name)
  })
  return {
    identity,
    request: run,
    from: request.from,
    findBranch,
    consent: request.consent,
    look: `piko create ${shellWord(request.name)} --dry-run`,
    plugins: workspace => [corePlugin(workspace, request.version), ...others],
  }
}
