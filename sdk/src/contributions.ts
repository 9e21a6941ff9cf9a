import type { Context, EnvironmentContext } from './context.js'
import type { Asked, KnownService, ServiceState, Size } from './services.js'
import type { Slot } from './slots.js'
import type { Claim, Recalled, Trace } from './traces.js'

/** What a plugin contributes to the environment or to other plugins. The functions are pure and called on demand. */
export interface Contributions<Config> {
  /** Variables for the environment's processes. If two plugins set the same one, an error names both. */
  variables?(context: EnvironmentContext<Config>): Readonly<Record<string, string>>
  /** Cells of `piko list`, by column title. */
  columns?(context: EnvironmentContext<Config>): Readonly<Record<string, string>>
  /**
   * What commands accept after the environment: its services. Used for completion and to tell them from environments.
   */
  targets?(context: EnvironmentContext<Config>): readonly string[]
  /** Its services as far as known without an engine: ports and URLs. Entries of several plugins are merged. */
  services?(context: EnvironmentContext<Config>): Readonly<Record<string, KnownService>>
  /**
   * The current state by environment, for `piko status` and `piko list`. Called once for all environments of a project,
   * so that one question to an engine is enough. Only reads, and honours the contexts' `signal`. A failure is shown,
   * but never fatal.
   */
  state?(
    contexts: readonly EnvironmentContext<Config>[],
    asked: Asked,
  ): Promise<Readonly<Record<string, readonly ServiceState[]>>>
  /** What uses disk space, for `piko status --size`. */
  sizes?(context: EnvironmentContext<Config>): Promise<readonly Size[]>
  /**
   * What carries piko's marks where this subject's objects are, such as on its engine: of all projects, for `piko
   * doctor` to compare with what is recorded. Only reads.
   */
  traces?(context: Context<Config>, asked: Asked): Promise<readonly Trace[]>
  /** What the receipts of this environment's steps say exists. */
  claims?(context: EnvironmentContext<Config>): readonly Claim[]
  /** What its generated files in a worktree say, for `piko doctor --rebuild`. Undefined if there are none. */
  recalls?(worktree: string): Promise<Recalled | undefined>
  readonly fills?: readonly Fill<Config>[]
}

/** A plugin's value for another's slot. Created by `fill`. */
export interface Fill<Config> {
  readonly slot: Slot<unknown, unknown>
  with(context: EnvironmentContext<Config>, input: unknown): unknown
}

/** Contributes a value to a slot. Returning undefined contributes nothing. */
export function fill<Config, Value, Input>(
  slot: Slot<Value, Input>,
  value: (context: EnvironmentContext<Config>, input: Input) => Value | undefined,
): Fill<Config> {
  // The host only ever calls `with` with the input that the slot's owner gave to `collect` for this very slot.
  return { slot, with: (context, input) => value(context, input as Input) }
}
