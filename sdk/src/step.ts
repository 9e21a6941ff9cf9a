import type { EnvironmentContext, StepContext } from './context.js'
import type { Json, StepId } from './json.js'

/**
 * The lifecycle of an environment, in order. The list is closed: adding a phase needs a new `ApiVersion`.
 *
 * - `reserve`  name and port block, leased in the database only
 * - `checkout` the worktree and its copied files; only core has steps here
 * - `resolve`  read the checkout: models, ports, variables
 * - `prepare`  generated files; `--no-start` ends here, and nothing so far needs an engine
 * - `data`     volumes and databases, which outlive `piko down`
 * - `start`    networks, attachments, containers and processes
 * - `setup`    the project's own script, once per environment; undone only if the run that did it fails
 * - `route`    access from outside
 * - `attach`   terminals
 *
 * `piko down` undoes `attach`, `route` and `start`. `piko destroy` undoes everything.
 */
export type Phase =
  'reserve' | 'checkout' | 'resolve' | 'prepare' | 'data' | 'start' | 'setup' | 'route' | 'attach'

/** What a step would do now. `because` is a clause that follows a dash. */
export type Planned =
  | { readonly action: 'change'; readonly because: string }
  | { readonly action: 'nothing'; readonly because: string }

/** What a step would change in the user's project. */
export interface Preview {
  /** For people. */
  readonly lines: readonly string[]
  /** The same for `--json`. */
  readonly answer: { readonly [key: string]: Json }
}

/** What all steps have in common. */
export interface StepBase<LookContext, ChangeContext, Receipt extends Json> {
  readonly id: StepId
  /** Shown while it runs: "Starting containers". */
  readonly title: string
  /**
   * Shown while it is undone: "Stopping containers". Consecutive steps with the same title share a line. Stored in the
   * journal in case the plugin is uninstalled. Default: the opposite of `title`, such as "Removing …" for "Creating …".
   */
  readonly undoTitle?: string
  /**
   * `undo` destroys data: `destroy` asks first, and `--keep-volumes` skips it. It is also skipped while a step ordered
   * after it can't be undone: a failed backup keeps the data.
   */
  readonly holdsData?: boolean
  /** Names of the data that `undo` destroys, for the question that `destroy` asks. If empty, nothing is asked. */
  dataIn?(receipt: Receipt): readonly string[]
  /** Seconds after which `do` or `undo` is aborted. Default: 600. */
  readonly timeLimit?: number
  /**
   * Reports whether `do` would change anything, and why. `--dry-run` prints it; `nothing` skips the step. Called only
   * if there is a receipt, which it gets. Without `plan`, `do` always runs.
   */
  plan?(context: LookContext, receipt: Receipt): Promise<Planned>
  /**
   * Makes the change. It must be safe to run again; `before` is its last receipt. The host stores the receipt before
   * the next step starts. A step with nothing to remember returns null.
   */
  do(context: ChangeContext, before: Receipt | undefined): Promise<Receipt>
  /**
   * Undoes the change: in a rollback, a `down` or a `destroy`, possibly in a later process. Succeeds if there is
   * nothing left to undo. Relies on the receipt and on labels, never on the current configuration. The receipt is
   * undefined if `do` ended before returning one.
   */
  undo(context: ChangeContext, receipt: Receipt | undefined): Promise<void>
  /**
   * Stops what is running but removes nothing, when a failed create is kept. It must be safe to run again. The receipt
   * is undefined if `do` ended before returning one. A step that starts nothing has no `halt`.
   */
  halt?(context: ChangeContext, receipt: Receipt | undefined): Promise<void>
  /** The line printed when it is done: "Generated docker-compose.piko.yml". */
  report?(receipt: Receipt): string | undefined
}

/** One change in the life of an environment, with its undo. */
export interface Step<Config = unknown, Receipt extends Json = Json> extends StepBase<
  EnvironmentContext<Config>,
  StepContext<Config>,
  Receipt
> {
  readonly phase: Phase
  /**
   * Describes what `do` would do for this branch; printed by `create --dry-run`. Called in a rehearsal, in the order of
   * the steps: the worktree is a temporary copy, and the context's leases, facts and warnings are discarded. It may
   * write to that worktree, but changes nothing else and contacts no engine. Where it mentions the copy's path, the user
   * reads the path of the worktree to be. Undefined prints nothing.
   */
  preview?(context: StepContext<Config>): Promise<Preview | undefined>
  /** Steps of the same phase that run before this one. Those of inactive plugins are ignored. */
  readonly after?: readonly StepId[]
  /** Steps of the same phase that run after this one: how a plugin gets ahead of one that does not know it. */
  readonly before?: readonly StepId[]
  /** `keep` if `piko down` should not undo this step in a phase that it otherwise undoes. Stored with each `do`. */
  readonly onDown?: OnDown | ((config: Config) => OnDown)
}

export type OnDown = 'undo' | 'keep'

/** Returns its argument, tying what `do` returns to what `undo` receives. */
export function defineStep<Config, Receipt extends Json>(step: Step<Config, Receipt>): Step<Config, Receipt> {
  return step
}
