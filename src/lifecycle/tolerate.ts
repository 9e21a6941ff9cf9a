import { detailsOf, type Warning } from '@piko/sdk'
import { mayFail } from './active-plugin.js'
import type { OrderedStep } from './ordered-step.js'
import type { Run } from './run.js'
import { undoRow } from './unwind.js'

export interface Failing {
  readonly ordered: OrderedStep
  readonly error: unknown
  /** No earlier run completed it, so it is undone. */
  readonly isNew: boolean
}

/**
 * Turns the failure of an optional plugin's step into a warning and undoes the step. Returns false if the failure must
 * end the run: the plugin is not optional, the run's subject is no environment, or the run was interrupted.
 */
export async function tolerate(run: Run, { ordered, error, isNew }: Failing): Promise<boolean> {
  const { step, phase, plugin } = ordered
  if (phase === undefined || !mayFail(plugin) || run.interrupt.first.aborted) return false
  const row = isNew ? run.journal.find(step.id) : undefined
  if (row) {
    const unwinding = { rows: [row], find: () => ordered, verb: 'rollback' } as const
    const left = await undoRow(run, { row, unwinding })
    if (left === undefined) run.journal.forget(step.id)
  }
  run.forgetWarnings(step.id)
  run.warn(step.id, warningOf(run, { ordered, error }))
  run.refresh()
  return true
}

function warningOf(
  { journal }: Run,
  { ordered: { step, plugin }, error }: Pick<Failing, 'ordered' | 'error'>,
): Warning {
  const name = journal.subject.replace(/^environment:/, '')
  const again = `To try again, run \`piko up ${name}\``
  const details = detailsOf(error)
  if (details) {
    const { code, message, hints = [] } = details
    return { code, message: `${plugin.name}: ${message}`, hints: [...hints, again] }
  }
  const why = error instanceof Error ? error.message : String(error)
  return { code: 'STEP_SKIPPED', message: `${plugin.name}: ${step.title} failed: ${why}`, hints: [again] }
}
