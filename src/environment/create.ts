import type { EnvironmentStatus, Phase } from '@piko/sdk'
import { isAbsolute, join } from 'node:path'
import type { ActivePlugin } from '../lifecycle/active-plugin.js'
import { openJournal } from '../lifecycle/journal.js'
import type { Narrator } from '../lifecycle/narrator.js'
import { orderSteps } from '../lifecycle/order.js'
import { lastWithoutEngine, phaseRow } from '../lifecycle/phases.js'
import type { OrderedStep } from '../lifecycle/ordered-step.js'
import type { PlannedStep } from '../lifecycle/plan.js'
import { planRun, stepsThrough, wind } from '../lifecycle/wind.js'
import type { Database } from '../state/open.js'
import { requireTools } from '../plugins/tools.js'
import { type Skipped, usablePlugins } from '../plugins/usable.js'
import type { Ports } from '../ports/assign.js'
import { activePlugins, type Workspace } from '../workspace/open.js'
import { requireFreePath } from '../worktree/clear-way.js'
import type { Branch } from '../worktree/repository.js'
import { resolveBranch } from '../worktree/resolve-branch.js'
import { type EnvironmentRun, withEnvironmentRun } from './begin-run.js'
import { corePlugin, withPinnedPorts } from './core-plugin.js'
import { fateOf, hasWorktree, settleFailure } from './create-failure.js'
import { branchTaken, environmentTaken, slugTaken } from './errors.js'
import { passGates } from './gates.js'
import type { FlagsByPlugin } from './ground.js'
import {
  addRecord,
  type EnvironmentRecord,
  findRecord,
  readEnvironments,
  setStatus,
  subjectOf,
} from './record.js'
import { projectGround } from './project-ground.js'
import { type Place, rehearse, type StepPreview } from './rehearse.js'
import { warnOfSkipped, withoutSkipped } from './skipped.js'
import { environmentSlug } from './slug.js'
import { findUnknownNames, refuseUnknownNames, warnOfUnknownNames } from './unknown-names.js'

export interface CreateRequest {
  readonly workspace: Workspace
  readonly version: string
  /** As the user said it: a branch's name. */
  readonly name: string
  /** The branch, where it is not the name. */
  readonly branch: string | undefined
  readonly from: string | undefined
  readonly start: boolean
  /** Takes everything back when a step fails, instead of keeping it. */
  readonly rollback: boolean
  /** What the user typed: `piko create feature-auth --no-start`. */
  readonly command: string
  readonly pinned: Ports
  readonly flags: FlagsByPlugin
  readonly narrator: Narrator
}

export interface Created {
  readonly record: EnvironmentRecord
  readonly reports: readonly string[]
}

/** Makes an environment, or resumes one that an earlier run left half-made. */
export async function createEnvironment(request: CreateRequest): Promise<Created> {
  return prepared(request, async ({ place, plugins, skipped, steps, runs }) => {
    const { state } = request.workspace
    const record = findRecord(state, place.name) ?? addRecord(state, place)
    const settling = { request, name: record.name, runs, isResumed: hasWorktree(runs.run) }
    try {
      warnOfSkipped(runs.run, { plugins, skipped })
      const fateAfter = (error: unknown) => fateOf(error, settling)
      const { reports } = await wind(runs.run, steps, { fateAfter })
      await warnOfUnknownNames(runs.run, runs.ground)
      setStatus(state, record.name, request.start ? 'running' : statusWithoutStart(state, record))
      return { record: findRecord(state, record.name) ?? record, reports }
    } catch (error) {
      await settleFailure(error, settling)
      throw error
    }
  })
}

/** What an earlier run has started and left goes on running, whatever this one was asked for. */
function statusWithoutStart(state: Database, { name, status }: EnvironmentRecord): EnvironmentStatus {
  const rows = openJournal(state, subjectOf(name)).rows()
  return rows.some(row => phaseRow(row.phase)?.down) ? status : 'prepared'
}

export interface CreationPlan {
  readonly steps: readonly PlannedStep[]
  readonly previews: readonly StepPreview[]
  readonly skipped: readonly Skipped[]
}

/** What creating it would do, and why, and what it would make of the project; changes nothing. */
export async function planCreation(request: CreateRequest): Promise<CreationPlan> {
  return prepared(request, async ({ place, plugins, skipped, steps, through, runs }) => {
    const planned = await planRun(runs.run, steps)
    const { interrupt } = runs.run
    const isThere = ({ name }: ActivePlugin) =>
      name !== 'core' && !skipped.some(({ plugin }) => plugin === name)
    const others = plugins.filter(isThere)
    const previews = await rehearse({ ...request, place, plugins: others, through, interrupt })
    return { steps: planned, previews, skipped }
  })
}

interface Prepared {
  readonly place: Place
  readonly plugins: readonly ActivePlugin[]
  /** Plugins that this run does without. */
  readonly skipped: readonly Skipped[]
  readonly steps: readonly OrderedStep[]
  readonly through: Phase
  readonly runs: EnvironmentRun
}

/** All that can be refused is refused here, before anything is changed. */
async function prepared<Result>(
  request: CreateRequest,
  work: (prepared: Prepared) => Promise<Result>,
): Promise<Result> {
  const { workspace, version, pinned, narrator } = request
  const place = placeOf(request)
  const core = withPinnedPorts(corePlugin(workspace, version), pinned)
  const usable = await usablePlugins(await activePlugins(workspace))
  const plugins = [core, ...usable.plugins]
  const through: Phase = request.start ? 'attach' : lastWithoutEngine
  const fromFlag = request.from === undefined ? {} : { core: { from: request.from } }
  const flags = { ...request.flags, ...fromFlag }
  const run = { workspace, name: place.name, verb: 'create' as const, plugins, narrator, flags, pinned }
  return withEnvironmentRun(run, async runs => {
    refuseTaken(workspace, place)
    const { first: signal } = runs.run.interrupt
    const gates = passGates(runs.ground, { through, verb: 'create', signal })
    const branch = findBranch(request, place)
    const names = requireNames(request, { branch, plugins, signal })
    await allOrFirst([requireBranch(request, { place, branch }), requireTools(plugins, signal), gates, names])
    const skipped = [...usable.skipped, ...(await gates)]
    const steps = withoutSkipped(stepsThrough(orderSteps(plugins), through), skipped)
    return work({ place, plugins, skipped, steps, through, runs })
  })
}

/** The branch of an environment that is new; undefined where an earlier run has made the environment. */
async function findBranch({ workspace, from }: CreateRequest, place: Place): Promise<Branch | undefined> {
  if (findRecord(workspace.state, place.name)) return undefined
  return resolveBranch(workspace.repository, place.branch, { from, path: place.path })
}

async function requireBranch(
  { workspace }: CreateRequest,
  { place, branch }: { readonly place: Place; readonly branch: Promise<Branch | undefined> },
): Promise<void> {
  if (await branch) await requireFreePath(workspace.repository, place.path)
}

/** A new branch has the Compose files of the main checkout; an older one may have others, and is asked when it is there. */
async function requireNames(
  { workspace, from }: CreateRequest,
  {
    branch,
    ...comparing
  }: { branch: Promise<Branch | undefined>; plugins: readonly ActivePlugin[]; signal: AbortSignal },
): Promise<void> {
  // One that cannot be resolved is refused by `requireBranch`.
  const found = await branch.catch(() => undefined)
  if (from !== undefined || found?.kind !== 'new') return
  const ground = projectGround(workspace, comparing.plugins)
  await refuseUnknownNames(
    workspace,
    await findUnknownNames(ground, { ...comparing, env: workspace.config.env }),
  )
}

/** Waits for all; of several failures the first in this order is thrown, whichever came first. */
async function allOrFirst(checks: readonly Promise<unknown>[]): Promise<void> {
  for (const result of await Promise.allSettled(checks)) if (result.status === 'rejected') throw result.reason
}

/** By its own name alone a half-made environment is found again, whatever its branch is called. */
function placeOf({ workspace, name: given, ...request }: CreateRequest): Place {
  const name = environmentSlug(given)
  const known = name === given ? findRecord(workspace.state, name) : undefined
  const resumed = known && halfMade.has(known.status) ? known.branch : undefined
  const branch = request.branch ?? resumed ?? given
  const dir = workspace.config.worktrees.dir
  const folder = isAbsolute(dir) ? dir : join(workspace.project.root, dir)
  return { name, branch, path: join(folder, name) }
}

function refuseTaken({ state }: Workspace, { name, branch }: Place): void {
  const record = findRecord(state, name)
  if (record && record.branch !== branch) throw slugTaken({ name, branch, other: record.branch })
  if (record && !halfMade.has(record.status)) throw environmentTaken(record)
  const twin = readEnvironments(state).find(other => other.branch === branch && other.name !== name)
  if (twin) throw branchTaken({ branch, environment: twin.name })
}

/** Nobody else is at work on it, or this run would not have its lock. */
const halfMade: ReadonlySet<EnvironmentStatus> = new Set(['creating', 'failed'])
