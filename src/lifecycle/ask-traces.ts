import { type Asked, type Claim, detailsOf, type Failure, type Trace } from '@piko/sdk'
import { type Asking, askFor } from './contributions.js'

export interface Traces {
  readonly traces: readonly Trace[]
  /** Why some are unknown. */
  readonly problems: readonly Failure[]
}

/** What carries piko's marks wherever these subjects' objects are. */
export async function askTraces(asking: readonly Asking[], asked: Asked): Promise<Traces> {
  const questions = asking.flatMap(one =>
    one.plugins.map(
      plugin => plugin.definition.contributes?.traces?.(one.contextOf(plugin), asked) ?? Promise.resolve([]),
    ),
  )
  const answers = await Promise.allSettled(questions)
  const traces = answers.flatMap(answer => (answer.status === 'fulfilled' ? answer.value : []))
  const problems = answers.flatMap(answer =>
    answer.status === 'rejected' ? requireFailure(answer.reason) : [],
  )
  return {
    traces: withoutDuplicates(traces, ({ kind, name }) => `${kind} ${name}`),
    problems: withoutDuplicates(problems, ({ message }) => message),
  }
}

/** What an environment's receipts say exists. */
export function collectClaims(asking: Asking): readonly Claim[] {
  return asking.plugins.flatMap(plugin =>
    askFor(
      plugin,
      'contributes.claims',
      () => plugin.definition.contributes?.claims?.(asking.contextOf(plugin)) ?? [],
    ),
  )
}

function requireFailure(error: unknown): Failure {
  if (detailsOf(error)) return error as Failure
  throw error
}

function withoutDuplicates<Item>(items: readonly Item[], keyOf: (item: Item) => string): readonly Item[] {
  return [...new Map(items.map(item => [keyOf(item), item])).values()]
}
