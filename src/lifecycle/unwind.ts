import type { Verb } from '@piko/sdk'
import { lifecycleErrors } from '../errors/lifecycle.js'
import type { JournalRow } from './journal.js'
import type { TitledStep } from './narrator.js'
import { type OrderedStep, standsOn } from './ordered-step.js'
import { phaseRow, rankOf } from './phases.js'
import { blame, type Run } from './run.js'
import { withTimeLimit } from './time-limit.js'

export interface Unwinding {
  /** What to take back; any order. */
  readonly rows: readonly JournalRow[]
  /** The step of a row, if its plugin is installed and still has it. */
  find(row: JournalRow): OrderedStep | undefined
  readonly verb: Extract<Verb, 'down' | 'destroy' | 'rollback' | 'run'>
  /** Leaves what holds data where it is. */
  readonly keepData?: boolean
  /** Leaves what plugins made that are not installed, and forgets it. */
  readonly forget?: boolean
}

/** Something that could not be undone. */
interface Leftover {
  readonly step: string
  readonly title: string
  readonly error: unknown
}

export interface Unwound {
  readonly leftovers: readonly Leftover[]
  /** Titles of the steps whose data was left on request. */
  readonly kept: readonly string[]
}

/**
 * Takes steps back, the last one first. The one way back: of a failed run, of `down`, `destroy` and after a crash. It
 * goes on past an undo that fails, but for data that the failing step stands on; Ctrl-C (in a rollback the second one) ends it, with the journal as it is.
 */
export async function undoRows(run: Run, unwinding: Unwinding): Promise<Unwound> {
  const rows = inReverse(unwinding.rows)
  const stop = stopSignal(run, unwinding)
  run.narrator.begin(titleWayBack(rows, unwinding.verb), { goesOn: true })
  const leftovers: Leftover[] = []
  const kept: string[] = []
  const find = (step: string) => {
    const row = rows.find(other => other.step === step)
    return row && unwinding.find(row)
  }
  for (const row of rows) {
    if (stop.aborted) throw lifecycleErrors.RUN_INTERRUPTED({ retry: run.retry })
    const { holdsData, phase } = row
    if (phaseRow(phase)?.isBase && leftovers.length > 0) continue
    run.narrator.start(row.step)
    if (unwinding.keepData && holdsData) {
      kept.push(row.title)
      run.narrator.done(row.step, 'skipped')
    } else {
      const error = holdingBack(row, { leftovers, find }) ?? (await undoRow(run, { row, unwinding }))
      if (error !== undefined) leftovers.push({ step: row.step, title: row.title, error })
      run.narrator.done(row.step, error === undefined ? 'done' : 'failed')
      if (error !== undefined) continue
    }
    run.journal.forget(row.step)
    run.forgetWarnings(row.step)
  }
  await run.narrator.end()
  return { leftovers, kept }
}

/**
 * What is not undone is no line: what a script has done goes with the worktree and the data. No line comes twice: a step
 * whose title has a line of its own further on joins the line before it.
 */
function titleWayBack(rows: readonly JournalRow[], verb: Unwinding['verb']): readonly TitledStep[] {
  const shown = verb === 'destroy' ? rows.filter(row => phaseRow(row.phase)?.destroy !== false) : rows
  const titles: string[] = []
  for (const [index, { undoTitle }] of shown.entries()) {
    const rest = shown.slice(index + 1).map(row => row.undoTitle)
    const next = rest.findIndex(title => title !== undoTitle)
    const hasLineLater = next >= 0 && rest.slice(next).includes(undoTitle)
    titles.push((hasLineLater ? titles[index - 1] : undefined) ?? undoTitle)
  }
  return shown.map(({ step }, index) => ({
    id: step,
    title: titles[index] ?? '',
    group: titles[index] ?? '',
  }))
}

/** Data stays while a step that stands on it does: its way back may be the backup of that data. */
function holdingBack(
  row: JournalRow,
  { leftovers, find }: { leftovers: readonly Leftover[]; find(step: string): OrderedStep | undefined },
): unknown {
  const below = find(row.step)
  if (!row.holdsData || !below) return undefined
  const above = leftovers.find(({ step }) => {
    const left = find(step)
    return left !== undefined && standsOn(left, below)
  })
  return above && blame(lifecycleErrors.STEP_HELD_BACK({ step: row.step, by: above.step }), below)
}

/** By phase first: the positions of plugins that were off in the last run are those of an earlier order. */
function inReverse(rows: readonly JournalRow[]): readonly JournalRow[] {
  const rank = ({ phase }: JournalRow) => (phase === undefined ? 0 : rankOf(phase))
  const later = (a: JournalRow, b: JournalRow) => rank(b) - rank(a) || b.position - a.position
  return [...rows].sort((a, b) => later(a, b) || (a.step < b.step ? 1 : -1))
}

/** The way back of a failed run has survived the first Ctrl-C; `down` and `destroy` end with it. */
function stopSignal({ interrupt }: Run, { verb }: Unwinding): AbortSignal {
  return verb === 'rollback' ? interrupt.second : interrupt.first
}

/** Takes one step back; the error, if it could not be. */
export async function undoRow(
  run: Run,
  { row, unwinding }: { row: JournalRow; unwinding: Unwinding },
): Promise<unknown> {
  if (unwinding.verb === 'destroy' && phaseRow(row.phase)?.destroy === false) return undefined
  const ordered = unwinding.find(row)
  if (!ordered) return unwinding.forget ? undefined : lifecycleErrors.PLUGIN_GONE(row)
  const limit = { step: row.step, seconds: ordered.step.timeLimit, signal: stopSignal(run, unwinding) }
  try {
    await withTimeLimit(limit, signal =>
      ordered.step.undo(
        run.contextOf(ordered, { verb: unwinding.verb, signal, input: row.input }),
        row.receipt,
      ),
    )
    return undefined
  } catch (error) {
    if (limit.signal.aborted) throw lifecycleErrors.RUN_INTERRUPTED({ retry: run.retry })
    return blame(error, ordered)
  }
}
