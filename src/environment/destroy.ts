import { rm } from 'node:fs/promises'
import { lifecycleErrors } from '../errors/lifecycle.js'
import type { ActivePlugin } from '../lifecycle/active-plugin.js'
import { forgetSubject } from '../lifecycle/facts.js'
import type { JournalRow } from '../lifecycle/journal.js'
import type { Narrator } from '../lifecycle/narrator.js'
import { fromLifecycle } from '../lifecycle/ordered-step.js'
import { phaseRow, rankOf } from '../lifecycle/phases.js'
import { undoRows } from '../lifecycle/unwind.js'
import { wind } from '../lifecycle/wind.js'
import { releaseLeases } from '../leases/owner.js'
import type { ScopedRun } from '../runs/begin-run.js'
import { installedPlugins, type Workspace } from '../workspace/open.js'
import { withEnvironmentRun } from './begin-run.js'
import { corePlugin } from './core-plugin.js'
import { withPluginsOf } from './down.js'
import { failureLogOf } from './failure-log.js'
import { followBranch } from './follow-branch.js'
import { findSteps } from './find-steps.js'
import { requireEnvironment } from './find.js'
import { passGates } from './gates.js'
import type { FlagsByPlugin } from './scope.js'
import { refuseLoss } from './loss.js'
import { refuseGone } from './refuse-gone.js'
import {
  type EnvironmentRecord,
  readEnvironments,
  removeRecord,
  setStatus,
  stateDirOf,
  subjectOf,
} from './record.js'
import { isRegistered } from '../worktree/is-registered.js'
import { requireNotMoved } from '../worktree/find-moved-worktree.js'
import { hasBranch } from '../worktree/refs.js'
import { restoreExclude } from '../worktree/exclude-from-git.js'
import { claimsOf, requireNothingLeft } from './remains.js'
import { destroyScriptStep } from './steps/script.js'
import { requireTrustInCommands } from './trust/commands.js'
import type { Consent } from './trust/consent.js'

export interface DestroyRequest {
  readonly workspace: Workspace
  readonly version: string
  readonly record: EnvironmentRecord
  /** Continue even if work would be lost. */
  readonly force: boolean
  readonly deleteBranch: boolean
  /** The call with its flags: `piko destroy feature-auth --yes`. */
  readonly command: string
  readonly keepData: boolean
  /** Keep what uninstalled plugins created. */
  readonly forget: boolean
  readonly flags: FlagsByPlugin
  readonly narrator: Narrator
  /** How the user approves `scripts.destroy`. */
  readonly consent: Consent
  /** Called once with the data that would be lost. Throws to refuse. */
  confirm(losses: readonly string[]): Promise<void>
}

export interface Destroyed {
  /** What was kept on request. */
  readonly kept: readonly string[]
  readonly branch: string
  readonly isBranchLeft: boolean
}

/** Removes an environment and everything created for it. Reports what cannot be undone, and keeps it. */
export async function destroyEnvironment(request: DestroyRequest): Promise<Destroyed> {
  const { workspace, version, keepData, forget } = request
  const plugins = [corePlugin(workspace, version, { way: 'back' }), ...installedPlugins(workspace)]
  const flags = flagsOf(request, plugins)
  const about = { ...request, name: request.record.name, verb: 'destroy' as const, plugins, flags }
  return withEnvironmentRun(about, async run => {
    const found = requireEnvironment(workspace.state, request.record.name) // the previous lock holder may have destroyed it
    const record = await followBranch(workspace, found)
    const rows = run.journal.rows()
    const undone = rows.filter(row => phaseRow(row.phase)?.destroy !== false)
    if (!forget) refuseGone('piko destroy', { name: record.name, rows: undone, loaded: workspace.loaded })
    await requireNotMoved(workspace.repository, record)
    await refuseLoss({ ...request, record })
    if (
      workspace.config.scripts.destroy !== undefined &&
      isRegistered(workspace.repository.gitCommonDir, record.path)
    )
      await requireTrustInCommands(workspace, 'destroy', request.consent)
    const losses = keepData ? [] : rows.filter(row => row.holdsData).flatMap(row => dataOf(row, plugins))
    await request.confirm(losses)
    await passEngineGates(run, rows)
    if (record.status !== 'creating' && record.status !== 'destroying') await runDestroyScript(run, request)
    setStatus(workspace.state, record.name, 'destroying')
    const find = findSteps(plugins)
    const claims = claimsOf(run)
    const { leftovers, kept } = await undoRows(run, { rows, find, verb: 'destroy', keepData, forget })
    if (leftovers.length > 0) throw lifecycleErrors.RUN_INCOMPLETE({ leftovers, retry: run.retry })
    const keepsVolumes = keepData || request.force
    if (rows.some(isInEngine)) await requireNothingLeft(run, { name: record.name, claims, keepsVolumes })
    await forgetEnvironment(workspace, record)
    await rm(failureLogOf(workspace.project.root, record.name), { force: true })
    const { branch } = record
    return { kept, branch, isBranchLeft: await hasBranch(workspace.repository, branch) }
  })
}

/** Each plugin decides what `--force` means for what it created. */
function flagsOf(
  { force, deleteBranch, flags }: DestroyRequest,
  plugins: readonly ActivePlugin[],
): FlagsByPlugin {
  const forAll = plugins.map(({ name }) => [name, { ...flags[name], force }] as const)
  return { ...Object.fromEntries(forAll), core: { force, 'delete-branch': deleteBranch } }
}

/** The names of a step's data, or the step's title if it has no names or no receipt. */
function dataOf(row: JournalRow, plugins: readonly ActivePlugin[]): readonly string[] {
  const step = findSteps(plugins)(row)?.step
  return step?.dataIn && row.receipt !== undefined ? step.dataIn(row.receipt) : [row.title]
}

function isInEngine({ phase }: JournalRow): boolean {
  return phase !== undefined && rankOf(phase) >= rankOf('data')
}

/** Fails before anything is undone, not halfway, if the engine is unreachable. */
async function passEngineGates(run: ScopedRun, rows: readonly JournalRow[]): Promise<void> {
  const inEngine = rows.filter(isInEngine)
  if (inEngine.length === 0) return
  const { first: signal } = run.interrupt
  await passGates(withPluginsOf(run.scope, inEngine), { through: 'attach', verb: 'destroy', signal })
}

/** Journalled only while it runs, so that the next `destroy` runs it again if this one fails. */
async function runDestroyScript(run: ScopedRun, { workspace, record, force }: DestroyRequest): Promise<void> {
  const script = workspace.config.scripts.destroy
  const [core] = run.scope.plugins
  if (script === undefined || !core || !isRegistered(workspace.repository.gitCommonDir, record.path)) return
  const step = destroyScriptStep(script)
  try {
    await wind(run, [fromLifecycle(core, step)], { fateAfter: () => Promise.resolve('leave') })
  } catch (error) {
    if (!force) throw error
  } finally {
    run.journal.forget(step.id)
  }
}

/** Also called after a rolled back create: the next environment of this name must not see its facts. */
export async function forgetEnvironment(
  workspace: Workspace,
  { name }: Pick<EnvironmentRecord, 'name'>,
): Promise<void> {
  const { state, machine, project, repository } = workspace
  releaseLeases(machine, { project: project.id, subject: subjectOf(name) })
  forgetSubject(state, subjectOf(name))
  removeRecord(state, name)
  await rm(stateDirOf(project.root, name), { recursive: true, force: true })
  await restoreExclude(repository, () => readEnvironments(state).length > 0)
}
