import type { Context, RunStepContext } from './context.js'
import type { Json } from './json.js'
import type { RunRef } from './run-ref.js'
import type { StepBase } from './step.js'

/** A step of a run about the project, the machine or a stage. Steps run in the order listed. */
export type RunStep<Config = unknown, Input extends Json = Json, Receipt extends Json = Json> = StepBase<
  Context<Config> & { readonly input: Input },
  RunStepContext<Config, Input>,
  Receipt
>

/** A run whose subject is not an environment: `share redis`, `proxy start`, `deploy production`. */
export interface RunDefinition<Config = unknown, Input extends Json = Json> {
  readonly ref: RunRef<Input>
  /** "Sharing a service". */
  readonly title: string
  readonly steps: readonly RunStep<Config, Input>[]
  /** The question asked before a flag of a core command does this, unless `--yes` is given. Undefined asks nothing. */
  question?(context: Context<Config>): string | undefined
  /**
   * Each run is independent, as a deployment is. When it succeeds, nothing of it is kept for `takeBack`; when it fails,
   * all of it is undone, whatever earlier runs with its key did; and if it was killed, the next run undoes what it
   * left. Default: what it made lasts until `takeBack`, and running it again updates what has changed.
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
