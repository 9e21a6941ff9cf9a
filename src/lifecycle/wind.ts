import type { Outcome, Phase } from '@piko/sdk'
import { interrupted, leftBehind, receiptNotJson } from './errors.js'
import { isJson } from './is-json.js'
import { type JournalRow } from './journal.js'
import type { OrderedStep } from './ordered-step.js'
import { rankOf } from './phases.js'
import { planStep, type PlannedStep } from './plan.js'
import { blame, type Run } from './run.js'
import { withTimeLimit } from './time-limit.js'
import { undoRows } from './unwind.js'

export interface WindOptions {
  /** Leaves what was made when a step fails, for a look at it. */
  readonly keepOnFailure?: boolean
}

/** Those of the steps that run up to and with a phase. */
export function stepsThrough(steps: readonly OrderedStep[], phase: Phase): readonly OrderedStep[] {
  return steps.filter(step => step.phase === undefined || rankOf(step.phase) <= rankOf(phase))
}

/** What winding would do, and why; changes nothing. */
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
 * Does the steps in order, journalling each before and after. When one fails, or on Ctrl-C, what this run made is taken
 * back and the error thrown; what earlier runs made stays. A step that ever returned a receipt was made by an earlier
 * run, even if a crash came when it was done again: it may hold data.
 */
export async function wind(
  run: Run,
  steps: readonly OrderedStep[],
  options: WindOptions = {},
): Promise<Outcome> {
  run.journal.place(steps)
  run.narrator.begin(steps.map(({ step }) => ({ id: step.id, title: step.title })))
  const made: OrderedStep[] = []
  const reports: string[] = []
  try {
    for (const [position, ordered] of steps.entries()) {
      const report = await windStep(run, { ordered, position, made })
      if (report !== undefined) reports.push(report)
    }
    return { reports }
  } catch (error) {
    await run.narrator.end()
    if (!options.keepOnFailure) await rollBack(run, { made, cause: error })
    throw error
  } finally {
    await run.narrator.end()
  }
}

async function windStep(
  run: Run,
  { ordered, position, made }: { ordered: OrderedStep; position: number; made: OrderedStep[] },
): Promise<string | undefined> {
  const { step } = ordered
  const row = run.journal.find(step.id)
  run.interrupt.first.throwIfAborted()
  run.narrator.start(step.id)
  try {
    if (await isSkipped(run, { ordered, row })) {
      run.narrator.done(step.id, 'skipped')
      return undefined
    }
    await doStep(run, { ordered, position, begin: () => row?.receipt === undefined && made.push(ordered) })
    run.narrator.done(step.id, 'done')
  } catch (error) {
    run.narrator.done(step.id, 'failed')
    throw blame(error, ordered)
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
  if (!isJson(receipt)) throw receiptNotJson(step.id)
  run.journal.done(step.id, receipt)
  run.settle()
}

async function rollBack(
  run: Run,
  { made, cause }: { made: readonly OrderedStep[]; cause: unknown },
): Promise<void> {
  const mine = new Map(made.map(ordered => [ordered.step.id as string, ordered]))
  const rows = run.journal.rows().filter(row => mine.has(row.step))
  const { leftovers } = await undoRows(run, { rows, find: row => mine.get(row.step), verb: 'rollback' })
  if (leftovers.length > 0) throw leftBehind(leftovers, { retry: run.retry, cause })
  if (run.interrupt.second.aborted) throw interrupted(run.retry)
}
