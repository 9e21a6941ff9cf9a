import type { StepContext } from '@piko/sdk'
import { randomUUID } from 'node:crypto'
import type { ActivePlugin } from '#src/lifecycle/active-plugin.js'
import type { Interrupt } from '#src/lifecycle/interrupt.js'
import { addWarning } from '#src/lifecycle/facts.js'
import { openJournal } from '#src/lifecycle/journal.js'
import { silentNarrator } from '#src/lifecycle/narrator.js'
import { orderSteps } from '#src/lifecycle/order.js'
import { fromLifecycle } from '#src/lifecycle/ordered-step.js'
import type { Run } from '#src/lifecycle/run.js'
import { type Unwinding, undoRows } from '#src/lifecycle/unwind.js'
import { wind } from '#src/lifecycle/wind.js'
import type { Database } from '#src/state/open.js'

/** A run over fakes: a real journal in a real database, with contexts that hold only the signal. */
export function fakeRun(database: Database, interrupt: Partial<Interrupt> = {}): Run {
  const never = new AbortController().signal
  return {
    id: randomUUID(),
    verb: 'create',
    journal: openJournal(database, 'environment:fake'),
    input: null,
    interrupt: { first: never, second: never, dispose: () => undefined, ...interrupt },
    narrator: silentNarrator,
    retry: 'piko destroy fake',
    contextOf: (_, { verb, signal }) => ({ verb, signal }) as StepContext<unknown>, // the fakes use no more
    refresh: () => undefined,
    forgetWarnings: () => undefined,
    warn: (step, warning) => addWarning(database, 'environment:fake', { step, warning }),
  }
}

export function windAll(
  database: Database,
  plugins: readonly ActivePlugin[],
  interrupt: Partial<Interrupt> = {},
) {
  return wind(fakeRun(database, interrupt), orderSteps(plugins))
}

export function unwindAll(
  database: Database,
  plugins: readonly ActivePlugin[],
  options: Partial<Unwinding> & { readonly interrupt?: Partial<Interrupt> } = {},
) {
  const run = fakeRun(database, options.interrupt)
  const steps = plugins.flatMap(plugin =>
    (plugin.definition.steps ?? []).map(step => fromLifecycle(plugin, step)),
  )
  const find = (row: { readonly step: string }) => steps.find(({ step }) => step.id === row.step)
  return undoRows(run, { rows: run.journal.rows(), find, verb: 'destroy', ...options })
}
