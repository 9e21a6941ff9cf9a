import type { Json, Verb, Warning } from '@piko/sdk'
import type { ActivePlugin } from './active-plugin.js'
import type { Interrupt } from './interrupt.js'
import type { Journal } from './journal.js'
import type { Narrator } from './narrator.js'
import type { AnyContext, OrderedStep } from './ordered-step.js'

/** One command at work on one subject: what winding and unwinding need to know of the world around them. */
export interface Run {
  readonly id: string
  readonly verb: Verb
  readonly journal: Journal
  readonly input: Json
  readonly interrupt: Interrupt
  readonly narrator: Narrator
  /** The command that takes up what this run leaves: `piko destroy feature-auth`. */
  readonly retry: string
  contextOf(step: OrderedStep, options: StepSituation): AnyContext
  /** Called after each step: what it made known (ports, facts) becomes variables and columns. */
  refresh(): void
  /** Called before a step is done: what it warned of last time no longer counts. */
  forgetWarnings(step: string): void
  /** Kept with the subject until the step is done again. */
  warn(step: string, warning: Warning): void
}

interface StepSituation {
  readonly verb: Verb
  readonly signal: AbortSignal
  /** On the way back: what the step was done with, which may not be what the run was asked for today. */
  readonly input?: Json
}

/** Where an error came from, for the line that names plugin, version and step. */
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
