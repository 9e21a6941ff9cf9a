import type { Phase, Preview, Step, StepContext } from '@piko/sdk'
import { mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ActivePlugin, mayFail } from '../lifecycle/active-plugin.js'
import { makeContext } from '../lifecycle/context.js'
import type { Interrupt } from '../lifecycle/interrupt.js'
import { silentNarrator } from '../lifecycle/narrator.js'
import { orderSteps } from '../lifecycle/order.js'
import { blame } from '../lifecycle/run.js'
import { stepsThrough, wind } from '../lifecycle/wind.js'
import type { Ports } from '../ports/assign.js'
import { copyInMemory } from '../state/open.js'
import type { Workspace } from '../workspace/open.js'
import { carryFiles } from '../worktree/carry-files.js'
import { exportTree } from '../worktree/export-tree.js'
import { filesToCarry } from '../worktree/files-to-carry.js'
import { resolveBranch } from '../worktree/resolve-branch.js'
import { makeRun } from './begin-run.js'
import { corePlugin, withPinnedPorts } from './core-plugin.js'
import type { FlagsByPlugin } from './ground.js'
import { addRecord, findRecord, setPath } from './record.js'

/** Where an environment is to be. */
export interface Place {
  readonly name: string
  readonly branch: string
  readonly path: string
}

/** What a step says about a branch before there is an environment of it. */
export interface StepPreview extends Preview {
  readonly plugin: string
  readonly step: string
}

export interface RehearsalRequest {
  readonly workspace: Workspace
  readonly version: string
  readonly place: Place
  /** Those that take part, without core. */
  readonly plugins: readonly ActivePlugin[]
  readonly through: Phase
  readonly from: string | undefined
  readonly pinned: Ports
  readonly flags: FlagsByPlugin
  readonly interrupt: Interrupt
}

/**
 * Does a create's reading for real, on a copy of the branch in a temporary folder and on copies of the databases in
 * memory: the names and ports are the ones that a create would get now, and nothing of it stays.
 */
export async function rehearse(request: RehearsalRequest): Promise<readonly StepPreview[]> {
  const { plugins } = request
  if (!plugins.some(({ definition }) => definition.steps?.some(step => step.preview))) return []
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'piko-rehearsal-')))
  const stage = onStage(request, join(folder, 'worktree'))
  try {
    await fillWorktree(stage)
    return asIfAt(request.place.path, { folder: stage.place.path, previews: await askSteps(stage, plugins) })
  } finally {
    stage.workspace.state.close()
    stage.workspace.machine.close()
    await rm(folder, { recursive: true, force: true })
  }
}

function onStage(request: RehearsalRequest, path: string): RehearsalRequest {
  const { workspace, place } = request
  const [state, machine] = [copyInMemory(workspace.state), copyInMemory(workspace.machine)]
  if (findRecord(state, place.name)) setPath(state, place.name, path)
  else addRecord(state, { ...place, path })
  return { ...request, workspace: { ...workspace, state, machine }, place: { ...place, path } }
}

async function fillWorktree({ workspace, place, from, interrupt }: RehearsalRequest): Promise<void> {
  const { repository, config, project } = workspace
  const isThere = (await resolveBranch(repository, place.branch)).kind !== 'new'
  const branch = await resolveBranch(repository, place.branch, isThere ? {} : { from })
  await exportTree(repository, branch, { folder: place.path, signal: interrupt.first })
  const copy = await filesToCarry(repository, { copy: config.files.copy })
  await carryFiles({ from: project.root, to: place.path, copy, link: config.files.link })
}

async function askSteps(
  request: RehearsalRequest,
  others: readonly ActivePlugin[],
): Promise<readonly StepPreview[]> {
  const { workspace, version, place, pinned, flags, interrupt, through } = request
  const plugins = [withPinnedPorts(corePlugin(workspace, version), pinned), ...others]
  const situation = { workspace, name: place.name, verb: 'create' as const, plugins, pinned, flags }
  const { run, ground } = makeRun({ ...situation, narrator: silentNarrator }, interrupt)
  const steps = stepsThrough(orderSteps(plugins), through)
  await wind(run, stepsThrough(steps, 'reserve')) // by the contract, those lease in the database only
  const quiet = { ...ground, hideFromGit: () => Promise.resolve() }
  const previews: StepPreview[] = []
  for (const ordered of steps) {
    const { plugin } = ordered
    const step = plugin.definition.steps?.find(({ id }) => id === ordered.step.id)
    const options = { plugin, step: ordered.step.id, verb: 'create' as const, signal: interrupt.first }
    const context = makeContext(quiet, { ...options, progress: () => undefined, say: () => undefined })
    const preview = await ask(step, context).catch((error: unknown): Preview => {
      if (!mayFail(plugin)) throw blame(error, ordered)
      return {
        lines: [`! ${plugin.name}: ${error instanceof Error ? error.message : String(error)}`],
        answer: {},
      }
    })
    run.settle()
    if (preview) previews.push({ ...preview, plugin: plugin.name, step: ordered.step.id })
  }
  return previews
}

async function ask(step: Step | undefined, context: StepContext<unknown>): Promise<Preview | undefined> {
  return step?.preview?.(context)
}

/** The paths that the environment will have, in place of those of the rehearsal. */
function asIfAt(
  path: string,
  { folder, previews }: { readonly folder: string; readonly previews: readonly StepPreview[] },
): readonly StepPreview[] {
  const [was, is] = [folder, path].map(text => JSON.stringify(text).slice(1, -1))
  const text = JSON.stringify(previews).replaceAll(was ?? '', () => is ?? '')
  return JSON.parse(text) as StepPreview[] // what was a preview a line ago
}
