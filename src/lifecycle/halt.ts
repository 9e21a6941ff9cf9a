import type { OrderedStep } from './ordered-step.js'
import { blame, type Run } from './run.js'
import { withTimeLimit } from './time-limit.js'

/** Halts the started steps in reverse order without removing anything. Reports steps that cannot be halted. */
export async function haltSteps(run: Run, steps: readonly OrderedStep[]): Promise<void> {
  const begun = steps.filter(({ step }) => step.halt && run.journal.find(step.id)).toReversed()
  const title = 'Stopping what was started'
  run.narrator.begin(
    begun.map(({ step }) => ({ id: step.id, title })),
    { continuesOnError: true },
  )
  for (const ordered of begun) {
    run.narrator.start(ordered.step.id)
    const error = await haltStep(run, ordered)
    run.narrator.done(ordered.step.id, error === undefined ? 'done' : 'failed')
    if (error !== undefined) run.narrator.say(`! ${ordered.step.id} still runs: ${messageOf(error)}`)
  }
  await run.narrator.end()
}

/** Aborted by the next Ctrl-C. */
async function haltStep(run: Run, ordered: OrderedStep): Promise<unknown> {
  const { first, second } = run.interrupt
  const { step } = ordered
  const limit = { step: step.id, seconds: step.timeLimit, signal: first.aborted ? second : first }
  try {
    await withTimeLimit(limit, async signal => {
      const context = run.contextOf(ordered, { verb: run.verb, signal })
      await step.halt?.(context, run.journal.find(step.id)?.receipt)
    })
    return undefined
  } catch (error) {
    return blame(error, ordered)
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
