/** Something outside piko's databases that carries piko's marks, of whatever project. */
export interface Trace {
  readonly kind: 'container' | 'network' | 'volume'
  readonly name: string
  /** The id of the project that made it. Undefined if a version without ids made it. */
  readonly project: string | undefined
  readonly projectName: string
  /** Where that project was then. */
  readonly root: string
  readonly environment: string
  /** Docker's state of a container: `running`, `exited`, `paused`. */
  readonly state?: string
}

/** Something that an environment's receipts say exists. */
export type Claim = Pick<Trace, 'kind' | 'name'>

/** What files that a plugin generated in a worktree say about its environment. */
export interface Recalled {
  readonly environment: string
  /** Host ports by `service:port/protocol`. */
  readonly ports: Readonly<Record<string, number>>
}
