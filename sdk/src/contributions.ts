import type { EnvironmentContext } from './context.js'
import type { Asked, KnownService, ServiceState, Size } from './services.js'
import type { Slot } from './slots.js'

/** What a plugin gives to the environment or to other plugins. All of it pure, asked for when it is needed. */
export interface Contributions<Config> {
  /** Variables for the environment's processes. Two plugins that set one name is an error that names both. */
  variables?(context: EnvironmentContext<Config>): Readonly<Record<string, string>>
  /** Cells for `piko list`, by column title. */
  columns?(context: EnvironmentContext<Config>): Readonly<Record<string, string>>
  /** What commands take after the environment's name: its services. For completion, and to tell one from the other. */
  targets?(context: EnvironmentContext<Config>): readonly string[]
  /** Its services as they are known without asking: ports and URLs. What several plugins say of one is merged. */
  services?(context: EnvironmentContext<Config>): Readonly<Record<string, KnownService>>
  /**
   * What runs now, by environment: for `piko status` and `piko list`. Asked once for all environments of a project, so one
   * question to an engine is enough; reads, and heeds the contexts' `signal`. A failure is shown, never fatal.
   */
  state?(
    contexts: readonly EnvironmentContext<Config>[],
    asked: Asked,
  ): Promise<Readonly<Record<string, readonly ServiceState[]>>>
  /** What takes room on the disk, for `piko status --size`. */
  sizes?(context: EnvironmentContext<Config>): Promise<readonly Size[]>
  readonly fills?: readonly Fill<Config>[]
}

/** One plugin's value for another's slot. Made by `fill`. */
export interface Fill<Config> {
  readonly slot: Slot<unknown, unknown>
  with(context: EnvironmentContext<Config>, input: unknown): unknown
}

/** Ties a fill to its slot: `with` gets what the owner knows by then. Undefined adds nothing. */
export function fill<Config, Value, Input>(
  slot: Slot<Value, Input>,
  value: (context: EnvironmentContext<Config>, input: Input) => Value | undefined,
): Fill<Config> {
  // The host only ever calls `with` with the input that the slot's owner gave to `collect` for this very slot.
  return { slot, with: (context, input) => value(context, input as Input) }
}
