import type { Planned } from '@piko/sdk'
import type { JournalRow } from './journal.js'
import type { AnyContext, OrderedStep } from './ordered-step.js'
import { phaseRow } from './phases.js'

/** A step and what it would do now. */
export interface PlannedStep {
  readonly ordered: OrderedStep
  readonly planned: Planned
}

/** What a step would do. Without a receipt it always runs: what exists may not be ours. */
export async function planStep(
  ordered: OrderedStep,
  { row, context }: { readonly row: JournalRow | undefined; readonly context: AnyContext },
): Promise<Planned> {
  if (row === undefined) return { action: 'change', because: 'it does not exist yet' }
  if (row.state === 'started') return { action: 'change', because: 'an earlier run was interrupted in it' }
  if (phaseRow(ordered.phase)?.once) return { action: 'nothing', because: 'it is done once' }
  if (!ordered.step.plan) return { action: 'change', because: 'it runs every time' }
  return ordered.step.plan(context, row.receipt ?? null)
}
