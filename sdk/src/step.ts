import type { EnvironmentContext, StepContext } from './context.js'
import type { Json, StepId } from './json.js'

/**
 * The lifecycle of an environment, in order. A closed list: adding a phase is a new `ApiVersion`.
 *
 * - `reserve`  the name, a port block: leased in the database only
 * - `checkout` the worktree and its copied files; core alone has steps here
 * - `resolve`  what the checkout says: models read, ports assigned, variables known
 * - `prepare`  generated files; `--no-start` ends here, and no engine was needed so far
 * - `data`     volumes and databases: what outlives `piko down`
 * - `start`    networks, attachments, containers and processes
 * - `setup`    the project's own script, once in an environment's life; taken back only where the run that did it fails
 * - `route`    the ways in from outside
 * - `attach`   terminals
 *
 * `piko down` takes back `attach`, `route` and `start`. `piko destroy` takes back all.
 */
export type Phase =
  'reserve' | 'checkout' | 'resolve' | 'prepare' | 'data' | 'start' | 'setup' | 'route' | 'attach'

/** What a step would do now. `because` is a clause that can follow a dash. */
export type Planned =
  | { readonly action: 'change'; readonly because: string }
  | { readonly action: 'nothing'; readonly because: string }

/** What a step would change in the user's project, told before anything is changed. */
export interface Preview {
  /** For people. */
  readonly lines: readonly string[]
  /** The same for `--json`. */
  readonly answer: { readonly [key: string]: Json }
}

/** What every step has, whatever its run is about. */
export interface StepBase<LookContext, ChangeContext, Receipt extends Json> {
  readonly id: StepId
  /** Shown while it runs: "Starting containers". */
  readonly title: string
  /**
   * Shown while it is undone: "Stopping containers". Steps in a row with the same one share a line. Kept in the journal,
   * for the day the plugin is gone. Default: `title` the other way round, such as "Removing …" for "Creating …".
   */
  readonly undoTitle?: string
  /**
   * `undo` destroys data. `destroy` asks before it, and `--keep-volumes` leaves it out. It is not taken back while a step
   * that an edge puts after it could not be: a backup that failed keeps the data.
   */
  readonly holdsData?: boolean
  /** What data `undo` destroys, by name, for the question that `destroy` asks; none: nothing is asked for this step. */
  dataIn?(receipt: Receipt): readonly string[]
  /** Seconds after which `do` or `undo` is aborted and blamed; 600 unless it says otherwise. */
  readonly timeLimit?: number
  /**
   * Looks at the world and says whether `do` would change it, and why; `--dry-run` prints it. `nothing` lets a run pass
   * over a step. Only asked when there is a receipt, which it is given. Without `plan`, `do` runs every time.
   */
  plan?(context: LookContext, receipt: Receipt): Promise<Planned>
  /**
   * Makes the change. Safe to run again; `before` is what it returned the last time. The host stores the receipt before
   * the next step starts; a step with nothing to remember returns null.
   */
  do(context: ChangeContext, before: Receipt | undefined): Promise<Receipt>
  /**
   * Takes the change back: in a rollback, a `down` or a `destroy`, perhaps in a later process. Succeeds when nothing is
   * left to take back. Works from the receipt and from labels, never from today's configuration. The receipt is
   * undefined when `do` ended before it returned one.
   */
  undo(context: ChangeContext, receipt: Receipt | undefined): Promise<void>
  /**
   * Stops what runs and removes nothing: when a create has failed and its environment is kept. Safe to run again. The
   * receipt is undefined when `do` ended before it returned one. A step that starts nothing has none.
   */
  halt?(context: ChangeContext, receipt: Receipt | undefined): Promise<void>
  /** The line of the answer once it is done: "Generated docker-compose.piko.yml". */
  report?(receipt: Receipt): string | undefined
}

/** One change in the life of an environment, with its way back. */
export interface Step<Config = unknown, Receipt extends Json = Json> extends StepBase<
  EnvironmentContext<Config>,
  StepContext<Config>,
  Receipt
> {
  readonly phase: Phase
  /**
   * Says what `do` would make of this branch; `create --dry-run` prints it. Asked on a rehearsal, in the order of the
   * steps: the worktree is a copy that is thrown away, and so are the leases, facts and warnings of this context. It may
   * write into that worktree, changes nothing else and asks no engine. Undefined says nothing.
   */
  preview?(context: StepContext<Config>): Promise<Preview | undefined>
  /** Steps of the same phase that go first. One of an inactive plugin is passed over. */
  readonly after?: readonly StepId[]
  /** Steps of the same phase that this one must precede: how a plugin slips in front of one that does not know it. */
  readonly before?: readonly StepId[]
  /** `keep` where `piko down` leaves what this step made in a phase that it otherwise takes back. Noted with each `do`. */
  readonly onDown?: OnDown | ((config: Config) => OnDown)
}

export type OnDown = 'undo' | 'keep'

/** Returns its argument, tying what `do` returns to what `undo` receives. */
export function defineStep<Config, Receipt extends Json>(step: Step<Config, Receipt>): Step<Config, Receipt> {
  return step
}
