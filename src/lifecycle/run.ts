import type { Json, Verb, Warning } from '@piko/sdk'
import type { ActivePlugin } from './active-plugin.js'
import type { Interrupt } from './interrupt.js'
import type { Journal } from './journal.js'
import type { Narrator } from './narrator.js'
import type { AnyContext, OrderedStep } from './ordered-step.js'

/** One command's work on one subject, as `wind` and `undoRows` need it. */
export interface Run {
  readonly id: string
  readonly verb: Verb
  readonly journal: Journal
  readonly input: Json
  readonly interrupt: Interrupt
  readonly narrator: Narrator
  /** The command that resumes or cleans up after this run: `piko destroy feature-auth`. */
  readonly retry: string
  contextOf(step: OrderedStep, options: StepSituation): AnyContext
  /** Called after each step: updates variables and columns from its ports and facts. */
  refresh(): void
  /** Called before a step runs: discards its previous warnings. */
  forgetWarnings(step: string): void
  /** Kept with the subject until the step runs again. */
  warn(step: string, warning: Warning): void
}

interface StepSituation {
  readonly verb: Verb
  readonly signal: AbortSignal
  /** For an undo: the input of the original `do`, which may differ from that of this run. */
  readonly input?: Json
}

/** The origin of an error, for the line that names plugin, version and step. */
export interface Origin {
  readonly plugin: string
  readonly package: string
  readonly version: string
  readonly step: string
}

const origins = new WeakMap<Error, Origin>()

export function blame(
  error: unknown,
  { plugin, step }: { readonly plugin: ActivePlugin; readonly step: { readonly id: string } },
): unknown {
  if (error instanceof Error && !origins.has(error)) {
    const { name, packageName, version } = plugin
    origins.set(error, { plugin: name, package: packageName, version, step: step.id })
  }
  return error
}

export function originOf(error: unknown): Origin | undefined {
  return error instanceof Error ? origins.get(error) : undefined
}
