import type { EnvironmentStatus, FileChange, Outcome, Phase } from '@piko/sdk'
import { addAftermath } from '../lifecycle/aftermath.js'
import { type JournalRow, openJournal } from '../lifecycle/journal.js'
import type { Narrator } from '../lifecycle/narrator.js'
import { orderSteps } from '../lifecycle/order.js'
import { rankOf } from '../lifecycle/phases.js'
import { type Fate, stepsThrough, wind } from '../lifecycle/wind.js'
import { requireTools } from '../plugins/tools.js'
import { usablePlugins } from '../plugins/usable.js'
import type { ScopedRun } from '../runs/begin-run.js'
import { activePlugins, type Workspace } from '../workspace/open.js'
import { withEnvironmentRun } from './begin-run.js'
import { corePlugin } from './core-plugin.js'
import { keepFailureLog } from './failure-log.js'
import { requireEnvironment } from './find.js'
import { passGates } from './gates.js'
import type { FlagsByPlugin } from './scope.js'
import { isLiveHint } from './hints.js'
import { requireKnownPath } from './known-path.js'
import { type EnvironmentRecord, setStatus, subjectOf } from './record.js'
import { requireTrustInCommands } from './trust/commands.js'
import type { Consent } from './trust/consent.js'
import { requireTrustIn } from './trust/trust-run.js'
import { warnOfSkipped, withoutSkipped } from './skipped.js'
import { warnOfUnknownNames } from './unknown-names.js'

export interface UpRequest {
  readonly workspace: Workspace
  readonly version: string
  readonly record: EnvironmentRecord
  readonly verb: 'up' | 'restart' | 'sync'
  readonly through?: Phase
  readonly flags?: FlagsByPlugin
  readonly targets?: readonly string[]
  readonly narrator: Narrator
  /** How the user approves what the branch reaches on this machine. */
  readonly consent: Consent
}

/** Starts an environment from any state. Steps whose input has changed run again. */
export async function upEnvironment(request: UpRequest): Promise<Outcome> {
  const { workspace, version, through = 'attach' } = request
  const usable = await usablePlugins(await activePlugins(workspace))
  const plugins = [corePlugin(workspace, version), ...usable.plugins]
  return withEnvironmentRun({ ...request, name: request.record.name, plugins }, async run => {
    const record = requireEnvironment(workspace.state, request.record.name) // the previous lock holder may have changed it
    requireKnownPath(workspace.repository, record)
    await requireTools(plugins, run.interrupt.first)
    const closed = await passGates(run.scope, { through, verb: request.verb, signal: run.interrupt.first })
    const skipped = [...usable.skipped, ...closed]
    const others = usable.plugins.filter(({ name }) => !closed.some(({ plugin }) => plugin === name))
    await requireTrustInCommands(workspace, 'start', request.consent)
    await requireTrustIn(run, {
      identity: record,
      request: { ...request, name: record.name, plugins },
      consent: request.consent,
      plugins: copy => [corePlugin(copy, version), ...others],
    })
    const steps = withoutSkipped(stepsThrough(orderSteps(plugins), through), skipped)
    const starts = rankOf(through) >= rankOf('start')
    const command = ['piko', request.verb, record.name, ...(request.targets ?? [])].join(' ')
    try {
      if (starts) setStatus(workspace.state, record.name, 'starting')
      warnOfSkipped(run, { plugins, skipped })
      const outcome = await wind(run, steps, { fateAfter: error => fateOf(error, run, record) })
      await warnOfUnknownNames(run)
      if (starts) setStatus(workspace.state, record.name, 'running')
      return { ...outcome, files: changedFiles(run.files) }
    } catch (error) {
      const isInterrupted = run.interrupt.first.aborted
      setStatus(workspace.state, record.name, statusAfterFailure(workspace, { record, isInterrupted }))
      addAftermath(error, {
        isLive: hint => isLiveHint(hint, { name: record.name, isGone: false, command }),
        hints: isInterrupted ? [`To finish it, run \`${command}\``] : [],
      })
      throw error
    }
  })
}

/** Each file once, with its last change. */
function changedFiles(files: readonly FileChange[]): readonly FileChange[] {
  return [...new Map(files.map(file => [file.path, file])).values()]
}

/** After a failure, everything is left as it is for inspection. Ctrl-C rolls back what this run made. */
async function fateOf(error: unknown, run: ScopedRun, { name }: EnvironmentRecord): Promise<Fate> {
  if (run.interrupt.first.aborted) return 'roll back'
  await keepFailureLog(error, run.scope, name)
  return 'leave'
}

const transitional: ReadonlySet<EnvironmentStatus> = new Set(['creating', 'starting', 'stopping'])

/**
 * `failed` if a start step failed or the status is transitional; otherwise unchanged. Ctrl-C leaves a running
 * environment running: Compose changes one container after another.
 */
function statusAfterFailure(
  { state }: Workspace,
  { record, isInterrupted }: { readonly record: EnvironmentRecord; readonly isInterrupted: boolean },
): EnvironmentStatus {
  const { name, status } = record
  if (isInterrupted && status === 'running') return status
  const rows = openJournal(state, subjectOf(name)).rows()
  const isHalfStarted = rows.some(row => row.state === 'started' && isStart(row))
  return isHalfStarted || transitional.has(status) ? 'failed' : status
}

function isStart({ phase }: JournalRow): boolean {
  return phase !== undefined && rankOf(phase) >= rankOf('start')
}
