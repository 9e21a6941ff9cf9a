import type { ActivePlugin } from '../lifecycle/active-plugin.js'
import type { JournalRow } from '../lifecycle/journal.js'
import { fromLifecycle, type OrderedStep } from '../lifecycle/ordered-step.js'

/** Finds the step of a journal row among these plugins. */
export function findSteps(plugins: readonly ActivePlugin[]): (row: JournalRow) => OrderedStep | undefined {
  const steps = plugins.flatMap(plugin =>
    (plugin.definition.steps ?? []).map(step => fromLifecycle(plugin, step)),
  )
  const byId = new Map(steps.map(ordered => [ordered.step.id as string, ordered]))
  return row => byId.get(row.step)
}
