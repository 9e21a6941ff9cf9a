/** A repository that piko knows. */
export interface Project {
  /** The folder's name, with a short hash where another project of this machine has it already. */
  readonly name: string
  /** The main checkout. */
  readonly root: string
}

/** The project as `detect` may see it: reading only. Paths are relative to the root. */
export interface ProjectView {
  readonly root: string
  exists(path: string): Promise<boolean>
  readText(path: string): Promise<string | undefined>
}

/**
 * `prepared`: made with `--no-start`. `failed`: kept half-made. Those that end in -ing are on their way; where no process
 * is at it any more, the way was cut short, and `up`, `create` or `destroy` goes on from there.
 */
export type EnvironmentStatus =
  'creating' | 'prepared' | 'starting' | 'running' | 'stopping' | 'stopped' | 'failed' | 'destroying'

/** One branch's place to run. */
export interface Environment {
  /** Counts from 1 within the project; the lowest free one. */
  readonly id: number
  /** The slug: fit for a DNS label, a Compose project and a tmux target. */
  readonly name: string
  readonly branch: string
  /** The worktree, absolute. */
  readonly path: string
  readonly status: EnvironmentStatus
  /** Host ports assigned so far, keyed `service:port/protocol`; an entry never changes. */
  readonly ports: Readonly<Record<string, number>>
  /** Every variable that is known by now. */
  readonly variables: Readonly<Record<string, string>>
  /** For a plugin's files about this environment; outside the worktree, removed by `destroy`. */
  readonly stateDir: string
}

/** What a run is about. An environment's runs follow the phases; the others follow a `RunDefinition`. */
export type Subject =
  | { readonly kind: 'environment'; readonly name: string }
  | { readonly kind: 'project' }
  | { readonly kind: 'machine' }
  | { readonly kind: 'stage'; readonly name: string }
