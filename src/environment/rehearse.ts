import type { Json, Preview, Step, StepContext } from '@piko/sdk'
import { type ActivePlugin, mayFail } from '../lifecycle/active-plugin.js'
import type { Interrupt } from '../lifecycle/interrupt.js'
import { orderSteps } from '../lifecycle/order.js'
import type { OrderedStep } from '../lifecycle/ordered-step.js'
import { blame } from '../lifecycle/run.js'
import { stepsThrough, wind } from '../lifecycle/wind.js'
import type { Skipped } from '../plugins/usable.js'
import type { ScopedRun } from '../runs/begin-run.js'
import { corePlugin, withPinnedPorts } from './core-plugin.js'
import type { Creation } from './prepare-create.js'
import { onCopy, type TrialRequest } from './trial.js'
import { type MayRead, movedTo, reachedBy, type Review, reviewReading } from './trust/review.js'

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

/** The previews of a create, and what the branch reaches outside its worktree. */
export interface Rehearsed {
  readonly previews: readonly StepPreview[]
  readonly review: Review
}

/**
 * Runs the read-only part of a create on a copy of the branch in a temporary folder and on in-memory copies of the
 * databases. Names and ports are those that a create would get now. Nothing is kept. If `mayRead` refuses what reading
 * the branch would open or fetch, no plugin reads it.
 */
export async function rehearse(
  { creation, skipped, interrupt }: Rehearsal,
  mayRead: MayRead,
): Promise<Rehearsed> {
  const { identity } = creation
  const others = creation.run.plugins.filter(({ name }) => {
    return name !== 'core' && !skipped.some(({ plugin }) => plugin === name)
  })
  if (!others.some(({ definition }) => definition.steps?.some(step => step.preview)))
    return { previews: [], review: { reached: [], isWhole: true } }
  return onCopy({ ...trialOf(creation, others), interrupt }, async ({ run, path }) => {
    const steps = stepsThrough(orderSteps(run.scope.plugins), creation.through)
    const place = { from: path, to: identity.path }
    const reading = await reviewReading({ run, path })
    const isReadable = await mayRead(reading)
    const asked = isReadable ? steps : steps.filter(({ plugin }) => plugin.name === 'core')
    const previews = await askSteps(run, asked)
    const reached = isReadable ? reachedBy(run, reading) : reading
    return {
      previews: previews.map(preview => atPath(preview, place)),
      review: { reached: reached.map(access => movedTo(access, place)), isWhole: isReadable },
    }
  })
}

/** The create's run, on the copies. */
function trialOf(creation: Creation, others: readonly ActivePlugin[]): Omit<TrialRequest, 'interrupt'> {
  const { version, pinned, from } = creation.request
  return {
    identity: creation.identity,
    run: creation.run,
    from,
    plugins: workspace => [withPinnedPorts(corePlugin(workspace, version), pinned), ...others],
  }
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
