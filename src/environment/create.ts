import type { EnvironmentStatus, Phase } from '@piko/sdk'
import { isAbsolute, join } from 'node:path'
import type { ActivePlugin } from '../lifecycle/active-plugin.js'
import { openJournal } from '../lifecycle/journal.js'
import type { Narrator } from '../lifecycle/narrator.js'
import { orderSteps } from '../lifecycle/order.js'
import { lastWithoutEngine, phaseRow } from '../lifecycle/phases.js'
import type { PlannedStep } from '../lifecycle/plan.js'
import { planRun, stepsThrough, wind } from '../lifecycle/wind.js'
import type { Database } from '../state/open.js'
import { requireTools } from '../plugins/tools.js'
import type { Ports } from '../ports/assign.js'
import { activePlugins, type Workspace } from '../workspace/open.js'
import { resolveBranch } from '../worktree/resolve-branch.js'
import { type EnvironmentRun, withEnvironmentRun } from './begin-run.js'
import { corePlugin, withPinnedPorts } from './core-plugin.js'
import { forgetEnvironment } from './destroy.js'
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
import { type Place, rehearse, type StepPreview } from './rehearse.js'
import { environmentSlug } from './slug.js'

export interface CreateRequest {
  readonly workspace: Workspace
  readonly version: string
  /** As the user said it: a branch's name. */
  readonly name: string
  /** The branch, where it is not the name. */
  readonly branch: string | undefined
  readonly from: string | undefined
  readonly start: boolean
  readonly keepOnFailure: boolean
  readonly pinned: Ports
  readonly flags: FlagsByPlugin
  readonly narrator: Narrator
}

export interface Created {
  readonly record: EnvironmentRecord
  readonly reports: readonly string[]
}

/** Makes an environment, or goes on with one that an earlier run left half-made. */
export async function createEnvironment(request: CreateRequest): Promise<Created> {
  return prepared(request, async ({ place, plugins, through, runs }) => {
    const { state } = request.workspace
    const record = findRecord(state, place.name) ?? addRecord(state, place)
    try {
      const { reports } = await wind(runs.run, stepsThrough(orderSteps(plugins), through), request)
      setStatus(state, record.name, request.start ? 'running' : statusWithoutStart(state, record))
      return { record: findRecord(state, record.name) ?? record, reports }
    } catch (error) {
      await settleFailure(request.workspace, record.name)
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
}

/** What creating it would do, and why, and what it would make of the project; changes nothing. */
export async function planCreation(request: CreateRequest): Promise<CreationPlan> {
  return prepared(request, async ({ place, plugins, through, runs }) => {
    const steps = await planRun(runs.run, stepsThrough(orderSteps(plugins), through))
    const previews = await rehearse({ ...request, place, through, interrupt: runs.run.interrupt })
    return { steps, previews }
  })
}

interface Prepared {
  readonly place: Place
  readonly plugins: readonly ActivePlugin[]
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
  const plugins = [core, ...(await activePlugins(workspace))]
  const through: Phase = request.start ? 'attach' : lastWithoutEngine
  const fromFlag = request.from === undefined ? {} : { core: { from: request.from } }
  const flags = { ...request.flags, ...fromFlag }
  const run = { workspace, name: place.name, verb: 'create' as const, plugins, narrator, flags, pinned }
  return withEnvironmentRun(run, async runs => {
    refuseTaken(workspace, place)
    const { first: signal } = runs.run.interrupt
    await allOrFirst([
      requireBranch(request, place),
      requireTools(plugins, signal),
      passGates(runs.ground, { through, verb: 'create', signal }),
    ])
    return work({ place, plugins, through, runs })
  })
}

async function requireBranch({ workspace, from }: CreateRequest, place: Place): Promise<void> {
  if (findRecord(workspace.state, place.name)) return
  await resolveBranch(workspace.repository, place.branch, { from, path: place.path })
}

/** Waits for all; of several failures the first in this order is thrown, whichever came first. */
async function allOrFirst(checks: readonly Promise<void>[]): Promise<void> {
  for (const result of await Promise.allSettled(checks)) if (result.status === 'rejected') throw result.reason
}

function placeOf({ workspace, name: said, branch = said }: CreateRequest): Place {
  const name = environmentSlug(said)
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

/** With nothing left of it the environment never was; else it stays, to go on with or to destroy. */
async function settleFailure(workspace: Workspace, name: string): Promise<void> {
  const { state } = workspace
  if (openJournal(state, subjectOf(name)).rows().length === 0) await forgetEnvironment(workspace, { name })
  else setStatus(state, name, 'failed')
}
