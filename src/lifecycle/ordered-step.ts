import type { Json, Phase, RunStepContext, Step, StepBase, StepContext } from '@piko/sdk'
import type { ActivePlugin } from './active-plugin.js'

/** What the engine hands to a step: an environment's context, or that of another subject's run. */
export type AnyContext = StepContext<unknown> | RunStepContext<unknown, Json>

/** A step as the engine sees it, whatever its run is about. */
export type AnyStep = StepBase<AnyContext, AnyContext, Json>

/** A step with its plugin, at its place in the order. */
export interface OrderedStep {
  readonly plugin: ActivePlugin
  readonly step: AnyStep
  /** Undefined in a run whose subject is not an environment. */
  readonly phase: Phase | undefined
  readonly keptByDown: boolean
  /** Edges to other steps, by id; none in a run whose subject is not an environment. */
  readonly after: readonly string[]
  readonly before: readonly string[]
}

/** Whether an edge (`after`, `before` or `requires`) makes `above` follow `below`. */
export function standsOn(above: OrderedStep, below: OrderedStep): boolean {
  const isAfter = above.after.includes(below.step.id) || below.before.includes(above.step.id)
  const { requires = [] } = above.plugin.definition
  return isAfter || (requires.includes(below.plugin.name) && !above.before.includes(below.step.id))
}

export function fromLifecycle(plugin: ActivePlugin, step: Step): OrderedStep {
  const { onDown, phase, after = [], before = [] } = step
  const keptByDown = (typeof onDown === 'function' ? onDown(plugin.config) : onDown) === 'keep'
  return { plugin, step: step as AnyStep, phase, keptByDown, after, before }
}
