import type { Json, Preview, Step, StepContext } from '@piko/sdk'
import { mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ActivePlugin, mayFail } from '../lifecycle/active-plugin.js'
import type { Interrupt } from '../lifecycle/interrupt.js'
import { silentNarrator } from '../lifecycle/narrator.js'
import { orderSteps } from '../lifecycle/order.js'
import type { OrderedStep } from '../lifecycle/ordered-step.js'
import { blame } from '../lifecycle/run.js'
import { stepsThrough, wind } from '../lifecycle/wind.js'
import type { Skipped } from '../plugins/usable.js'
import type { ScopedRun } from '../runs/begin-run.js'
import { copyInMemory } from '../state/open.js'
import type { Workspace } from '../workspace/open.js'
import { carryFiles } from '../worktree/carry-files.js'
import { exportTree } from '../worktree/export-tree.js'
import { filesToCarry } from '../worktree/files-to-carry.js'
import { resolveBranch } from '../worktree/resolve-branch.js'
import { environmentRun } from './begin-run.js'
import { corePlugin, withPinnedPorts } from './core-plugin.js'
import type { Creation, CreateRequest } from './prepare-create.js'
import { addRecord, findRecord, type Identity, setPath } from './record.js'
import { environmentScope } from './scope.js'

/** A step's preview of an environment that does not exist yet. */
export interface StepPreview extends Preview {
  readonly plugin: string
  readonly step: string
}

export interface Rehearsal {
  readonly creation: Creation
  /** Plugins that the create skips. */
  readonly skipped: readonly Skipped[]
  readonly interrupt: Interrupt
}

/**
 * Runs the read-only part of a create on a copy of the branch in a temporary folder and on in-memory copies of the
 * databases. Names and ports are those that a create would get now. Nothing is kept.
 */
export async function rehearse({ creation, skipped, interrupt }: Rehearsal): Promise<readonly StepPreview[]> {
  const { request, identity } = creation
  const others = creation.run.plugins.filter(({ name }) => {
    return name !== 'core' && !skipped.some(({ plugin }) => plugin === name)
  })
  if (!others.some(({ definition }) => definition.steps?.some(step => step.preview))) return []
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'piko-rehearsal-')))
  const path = join(folder, 'worktree')
  const workspace = copyState(request.workspace, { ...identity, path })
  try {
    await fillWorktree(request, { ...identity, path }, interrupt.first)
    const run = runOn(workspace, { creation, others, interrupt })
    const previews = await askSteps(run, stepsThrough(orderSteps(run.scope.plugins), creation.through))
    return previews.map(preview => atPath(preview, { from: path, to: identity.path }))
  } finally {
    workspace.state.close()
    workspace.machine.close()
    await rm(folder, { recursive: true, force: true })
  }
}

/** The create's run, on the copies. */
function runOn(
  workspace: Workspace,
  { creation, others, interrupt }: Omit<Rehearsal, 'skipped'> & { readonly others: readonly ActivePlugin[] },
): ScopedRun {
  const { version, pinned, flags } = creation.request
  const plugins = [withPinnedPorts(corePlugin(workspace, version), pinned), ...others]
  const scope = environmentScope({ ...creation.run, workspace, plugins, flags })
  const hideFromGit = () => Promise.resolve() // the exclude file belongs to the real repository
  const command = { workspace, interrupt, narrator: silentNarrator }
  return environmentRun(command, { ...scope, hideFromGit }, creation.run)
}

function copyState(workspace: Workspace, identity: Identity): Workspace {
  const [state, machine] = [copyInMemory(workspace.state), copyInMemory(workspace.machine)]
  if (findRecord(state, identity.name)) setPath(state, identity.name, identity.path)
  else addRecord(state, identity)
  return { ...workspace, state, machine }
}

async function fillWorktree(
  { workspace, from }: CreateRequest,
  identity: Identity,
  signal: AbortSignal,
): Promise<void> {
  const { repository, config, project, readIgnored } = workspace
  const isExisting = (await resolveBranch(repository, identity.branch)).kind !== 'new'
  const branch = await resolveBranch(repository, identity.branch, isExisting ? {} : { from })
  await exportTree(repository, branch, { folder: identity.path, signal })
  const copy = await filesToCarry(repository, { copy: config.files.copy, readIgnored })
  await carryFiles({ from: project.root, to: identity.path, copy, link: config.files.link })
}

async function askSteps(run: ScopedRun, steps: readonly OrderedStep[]): Promise<readonly StepPreview[]> {
  await wind(run, stepsThrough(steps, 'reserve')) // by contract, these steps only lease, in the database
  const previews: StepPreview[] = []
  for (const ordered of steps) {
    const { plugin } = ordered
    const step = plugin.definition.steps?.find(({ id }) => id === ordered.step.id)
    const context = run.contextOf(ordered, { verb: run.verb, signal: run.interrupt.first })
    const preview = await ask(step, context).catch((error: unknown) => failedPreview(error, ordered))
    run.refresh()
    if (preview) previews.push({ ...preview, plugin: plugin.name, step: ordered.step.id })
  }
  return previews
}

async function ask(step: Step | undefined, context: StepContext<unknown>): Promise<Preview | undefined> {
  return step?.preview?.(context)
}

/** A create would continue without an optional plugin. */
function failedPreview(error: unknown, ordered: OrderedStep): Preview {
  const { plugin } = ordered
  if (!mayFail(plugin)) throw blame(error, ordered)
  const why = error instanceof Error ? error.message : String(error)
  return { lines: [`! ${plugin.name}: ${why}`], answer: {} }
}

/** The preview with the copy's path replaced by the path of the future worktree. */
function atPath(
  preview: StepPreview,
  { from, to }: { readonly from: string; readonly to: string },
): StepPreview {
  const translate = (text: string) => text.replaceAll(from, () => to)
  const answer = Object.entries(preview.answer).map(([key, value]) => [key, mapTexts(value, translate)])
  return {
    ...preview,
    lines: preview.lines.map(translate),
    answer: Object.fromEntries(answer) as Preview['answer'],
  }
}

/** A copy of the value with all strings mapped. */
function mapTexts(value: Json, change: (text: string) => string): Json {
  if (typeof value === 'string') return change(value)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((item: Json) => mapTexts(item, change))
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [change(key), mapTexts(item, change)]))
}
