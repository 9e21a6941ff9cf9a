import type { Verb } from '@piko/sdk'
import { lifecycleErrors } from '../errors/lifecycle.js'
import type { JournalRow } from './journal.js'
import type { TitledStep } from './narrator.js'
import { type OrderedStep, dependsOn } from './ordered-step.js'
import { phaseRow, rankOf } from './phases.js'
import { blame, type Run } from './run.js'
import { withTimeLimit } from './time-limit.js'

export interface Unwinding {
  /** The rows to undo, in any order. */
  readonly rows: readonly JournalRow[]
  /** The step of a row, if its plugin is installed and still defines it. */
  find(row: JournalRow): OrderedStep | undefined
  readonly verb: Extract<Verb, 'down' | 'destroy' | 'rollback' | 'run'>
  /** Keeps steps that hold data. */
  readonly keepData?: boolean
  /** Keeps what uninstalled plugins created, and forgets it. */
  readonly forget?: boolean
}

/** A step that could not be undone. */
interface Leftover {
  readonly step: string
  readonly title: string
  readonly error: unknown
}

export interface Unwound {
  readonly leftovers: readonly Leftover[]
  /** Titles of the steps whose data was kept on request. */
  readonly kept: readonly string[]
}

/**
 * Undoes steps in reverse order: for a rollback, `down`, `destroy`, and after a crash. Continues after a failed undo,
 * but keeps data that the failed step depends on. Ctrl-C (in a rollback, the second one) stops it and leaves the
 * journal as it is.
 */
export async function undoRows(run: Run, unwinding: Unwinding): Promise<Unwound> {
  const rows = inReverse(unwinding.rows)
  const stop = stopSignal(run, unwinding)
  run.narrator.begin(titleUndo(rows, unwinding.verb), { continuesOnError: true })
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
      const error = heldBackBy(row, { leftovers, find }) ?? (await undoRow(run, { row, unwinding }))
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
 * Steps that are not undone have no line: what a script did is removed with the worktree and the data. No line appears
 * twice: a step whose title also appears further down joins the line above.
 */
function titleUndo(rows: readonly JournalRow[], verb: Unwinding['verb']): readonly TitledStep[] {
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

/** Data is kept while a step that depends on it remains: undoing that step may need the data, for a backup. */
function heldBackBy(
  row: JournalRow,
  { leftovers, find }: { leftovers: readonly Leftover[]; find(step: string): OrderedStep | undefined },
): unknown {
  const below = find(row.step)
  if (!row.holdsData || !below) return undefined
  const above = leftovers.find(({ step }) => {
    const left = find(step)
    return left !== undefined && dependsOn(left, below)
  })
  return above && blame(lifecycleErrors.STEP_HELD_BACK({ step: row.step, by: above.step }), below)
}

/** By phase first: positions of plugins that were inactive in the last run are from an earlier order. */
function inReverse(rows: readonly JournalRow[]): readonly JournalRow[] {
  const rank = ({ phase }: JournalRow) => (phase === undefined ? 0 : rankOf(phase))
  const later = (a: JournalRow, b: JournalRow) => rank(b) - rank(a) || b.position - a.position
  return [...rows].sort((a, b) => later(a, b) || (a.step < b.step ? 1 : -1))
}

/** A rollback stops at the second Ctrl-C; `down` and `destroy` stop at the first. */
function stopSignal({ interrupt }: Run, { verb }: Unwinding): AbortSignal {
  return verb === 'rollback' ? interrupt.second : interrupt.first
}

/** Undoes one step. Returns the error if that failed. */
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
