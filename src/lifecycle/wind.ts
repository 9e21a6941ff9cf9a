import type { Outcome, Phase } from '@piko/sdk'
import { lifecycleErrors } from '../errors/lifecycle.js'
import { addAftermath } from './aftermath.js'
import { haltSteps } from './halt.js'
import { isJson } from './is-json.js'
import { type JournalRow } from './journal.js'
import type { OrderedStep } from './ordered-step.js'
import { phaseRow, rankOf } from './phases.js'
import { planStep, type PlannedStep } from './plan.js'
import { blame, type Run } from './run.js'
import { withTimeLimit } from './time-limit.js'
import { titleSteps } from './titles.js'
import { tolerate } from './tolerate.js'
import { undoRows } from './unwind.js'

/** What happens to the steps of a failed run: rolled back, halted and kept, or left as they are. */
export type Fate = 'roll back' | 'halt' | 'leave'

export interface WindOptions {
  /** Called after a failed step or Ctrl-C, before anything is undone. Default: `roll back`. */
  fateAfter?(error: unknown): Promise<Fate>
}

/** The steps up to and including a phase. */
export function stepsThrough(steps: readonly OrderedStep[], phase: Phase): readonly OrderedStep[] {
  return steps.filter(step => step.phase === undefined || rankOf(step.phase) <= rankOf(phase))
}

/** What `wind` would do, and why. Changes nothing. */
export async function planRun(run: Run, steps: readonly OrderedStep[]): Promise<readonly PlannedStep[]> {
  const planned: PlannedStep[] = []
  for (const ordered of steps) {
    const row = run.journal.find(ordered.step.id)
    const context = run.contextOf(ordered, { verb: run.verb, signal: run.interrupt.first })
    planned.push({ ordered, planned: await planStep(ordered, { row, context }) })
  }
  return planned
}

/**
 * Runs the steps in order, journalling each before and after. When one fails, or on Ctrl-C, the run's new steps are
 * handled as `fateAfter` says and the error is thrown. What earlier runs made is kept: a step that already had a row
 * may hold data.
 */
export async function wind(
  run: Run,
  steps: readonly OrderedStep[],
  options: WindOptions = {},
): Promise<Outcome> {
  run.journal.place(steps)
  run.narrator.begin(titleSteps(run.verb, steps))
  const made: OrderedStep[] = []
  const reports: string[] = []
  const failedPlugins = new Set<string>()
  try {
    for (const [position, ordered] of steps.entries()) {
      const report = await windStep(run, { ordered, position, made, failedPlugins })
      if (report !== undefined) reports.push(report)
    }
    return { reports }
  } catch (error) {
    await run.narrator.end()
    const fate = (await options.fateAfter?.(error)) ?? 'roll back'
    if (run.interrupt.first.aborted)
      run.narrator.say(interruptedLines[fate === 'roll back' && made.length === 0 ? 'leave' : fate])
    if (fate === 'roll back') await rollBack(run, { made, cause: error })
    if (fate === 'halt') await haltSteps(run, steps)
    throw error
  } finally {
    await run.narrator.end()
  }
}

const interruptedLines: Readonly<Record<Fate, string>> = {
  'roll back': 'Interrupted; undoing what was done',
  halt: 'Interrupted; stopping what was started',
  leave: 'Interrupted',
}

interface Winding {
  readonly ordered: OrderedStep
  readonly position: number
  /** The steps that this run started first, without those of earlier runs. */
  readonly made: OrderedStep[]
  /** Optional plugins with a failed step: their other steps are skipped. */
  readonly failedPlugins: Set<string>
}

async function windStep(
  run: Run,
  { ordered, position, made, failedPlugins }: Winding,
): Promise<string | undefined> {
  const { step, plugin } = ordered
  const row = run.journal.find(step.id)
  run.interrupt.first.throwIfAborted()
  run.narrator.start(step.id)
  try {
    if (failedPlugins.has(plugin.name) || (await isSkipped(run, { ordered, row }))) {
      run.narrator.done(step.id, 'skipped')
      return undefined
    }
    await doStep(run, { ordered, position, begin: () => row === undefined && made.push(ordered) })
    run.narrator.done(step.id, 'done')
  } catch (error) {
    run.narrator.done(step.id, 'failed')
    if (!(await tolerate(run, { ordered, error, isNew: row?.receipt === undefined })))
      throw blame(error, ordered)
    failedPlugins.add(plugin.name)
    return undefined
  }
  const receipt = run.journal.find(step.id)?.receipt
  return receipt === undefined ? undefined : step.report?.(receipt)
}

async function isSkipped(
  run: Run,
  { ordered, row }: { ordered: OrderedStep; row: JournalRow | undefined },
): Promise<boolean> {
  const limit = { step: ordered.step.id, seconds: ordered.step.timeLimit, signal: run.interrupt.first }
  const planned = await withTimeLimit(limit, signal =>
    planStep(ordered, { row, context: run.contextOf(ordered, { verb: run.verb, signal }) }),
  )
  return planned.action === 'nothing'
}

async function doStep(
  run: Run,
  { ordered, position, begin }: { ordered: OrderedStep; position: number; begin: () => void },
): Promise<void> {
  const { step } = ordered
  run.forgetWarnings(step.id)
  run.journal.started(ordered, { id: run.id, input: run.input, position })
  begin()
  const limit = { step: step.id, seconds: step.timeLimit, signal: run.interrupt.first }
  const before = run.journal.find(step.id)?.receipt
  const receipt = await withTimeLimit(limit, signal =>
    step.do(run.contextOf(ordered, { verb: run.verb, signal }), before),
  )
  if (!isJson(receipt)) throw lifecycleErrors.STEP_RECEIPT_INVALID({ step: step.id })
  run.journal.done(step.id, receipt)
  run.refresh()
}

async function rollBack(
  run: Run,
  { made, cause }: { made: readonly OrderedStep[]; cause: unknown },
): Promise<void> {
  const mine = new Map(made.map(ordered => [ordered.step.id as string, ordered]))
  const rows = run.journal.rows().filter(row => mine.has(row.step))
  const { leftovers } = await undoRows(run, { rows, find: row => mine.get(row.step), verb: 'rollback' })
  if (leftovers.length > 0) throw lifecycleErrors.RUN_INCOMPLETE({ leftovers, retry: run.retry, cause })
  if (run.interrupt.second.aborted) throw lifecycleErrors.RUN_INTERRUPTED({ retry: run.retry })
  const seen = rows
    .filter(row => (phaseRow(row.phase)?.isSeen || row.holdsData) && !didNothing(row, mine))
    .toReversed()
  const things = [...new Set(seen.map(({ title }) => nounOf(title)))]
  if (things.length > 0) addAftermath(cause, { details: [`Rolled back: ${things.join(', ')}`] })
}

/** A step whose report is empty had nothing to do. */
function didNothing({ step: id, receipt }: JournalRow, steps: ReadonlyMap<string, OrderedStep>): boolean {
  const step = steps.get(id)?.step
  return receipt !== undefined && step?.report !== undefined && step.report(receipt) === undefined
}

/** The noun of a step's title: "networks" for "Creating networks". */
function nounOf(title: string): string {
  return title.replace(/^\w+ing /, '')
}
