import type { Context, RunStepContext } from './context.js'
import type { Json } from './json.js'
import type { RunRef } from './run-ref.js'
import type { StepBase } from './step.js'

/** A step of a run about the project, the machine or a stage. Steps go in the order in which the run lists them. */
export type RunStep<Config = unknown, Input extends Json = Json, Receipt extends Json = Json> = StepBase<
  Context<Config> & { readonly input: Input },
  RunStepContext<Config, Input>,
  Receipt
>

/** A journalled operation whose subject is not an environment: `share redis`, `proxy start`, `deploy production`. */
export interface RunDefinition<Config = unknown, Input extends Json = Json> {
  readonly ref: RunRef<Input>
  /** "Sharing a service". */
  readonly title: string
  readonly steps: readonly RunStep<Config, Input>[]
  /** What the user is asked before a flag of a core command does it, unless `--yes` is given; undefined asks nothing. */
  question?(context: Context<Config>): string | undefined
  /**
   * Each run stands for itself, such as a deployment: when it has succeeded, nothing of it is kept to take back later
   * (`takeBack` finds nothing), and a failing one is taken back whole, whatever earlier runs under its key have done.
   * What a run that was killed has left is taken back before the next one begins. Default: what it makes lasts until
   * `takeBack`, and running it again under its key does again what has changed.
   */
  readonly once?: boolean
}

/** Returns its argument, tying the run's input to its steps. */
export function defineRun<Config, Input extends Json>(
  run: RunDefinition<Config, Input>,
): RunDefinition<Config, Input> {
  return run
}

/** Returns its argument, tying the run's input and the receipt to the step. */
export function defineRunStep<Config, Input extends Json, Receipt extends Json>(
  step: RunStep<Config, Input, Receipt>,
): RunStep<Config, Input, Receipt> {
  return step
}
