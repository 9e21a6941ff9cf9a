import type { Json, Phase, RunStepContext, Step, StepBase, StepContext } from '@piko/sdk'
import type { ActivePlugin } from './active-plugin.js'

/** The context of a step: an environment's, or that of a run about another subject. */
export type AnyContext = StepContext<unknown> | RunStepContext<unknown, Json>

/** A step of any kind of run. */
export type AnyStep = StepBase<AnyContext, AnyContext, Json>

/** A step with its plugin and its constraints. */
export interface OrderedStep {
  readonly plugin: ActivePlugin
  readonly step: AnyStep
  /** Undefined if the run's subject is not an environment. */
  readonly phase: Phase | undefined
  readonly keptByDown: boolean
  /** Edges to other steps, by id. Empty if the run's subject is not an environment. */
  readonly after: readonly string[]
  readonly before: readonly string[]
}

/** Whether an edge (`after`, `before` or `requires`) puts `above` after `below`. */
export function dependsOn(above: OrderedStep, below: OrderedStep): boolean {
  const isAfter = above.after.includes(below.step.id) || below.before.includes(above.step.id)
  const { requires = [] } = above.plugin.definition
  return isAfter || (requires.includes(below.plugin.name) && !above.before.includes(below.step.id))
}

export function fromLifecycle(plugin: ActivePlugin, step: Step): OrderedStep {
  const { onDown, phase, after = [], before = [] } = step
  const keptByDown = (typeof onDown === 'function' ? onDown(plugin.config) : onDown) === 'keep'
  return { plugin, step: step as AnyStep, phase, keptByDown, after, before }
}
