/** A repository that piko knows. */
export interface Project {
  /** The folder's name, with a short hash if another project on this machine has the same name. */
  readonly name: string
  /** The main checkout. */
  readonly root: string
  /** Stays the same when the folder is moved or renamed. A copy of the folder gets another. */
  readonly id: string
  /** Where the main checkout was before. What versions without ids made there is known by that path. */
  readonly formerRoots: readonly string[]
}

/** The project as `detect` sees it, read-only. Paths are relative to the root. */
export interface ProjectView {
  readonly root: string
  exists(path: string): Promise<boolean>
  readText(path: string): Promise<string | undefined>
}

/**
 * `prepared`: created with `--no-start`. `failed`: incomplete, but kept. States ending in -ing are in progress; if no
 * process is at work, it was interrupted, and `up`, `create` or `destroy` continues.
 */
export type EnvironmentStatus =
  'creating' | 'prepared' | 'starting' | 'running' | 'stopping' | 'stopped' | 'failed' | 'destroying'

/** What `piko create` made for a branch. */
export interface Environment {
  /** The lowest free number within the project, from 1. */
  readonly id: number
  /** A slug that is valid as a DNS label, a Compose project name and a tmux target. */
  readonly name: string
  readonly branch: string
  /** Absolute path of the worktree. */
  readonly path: string
  readonly status: EnvironmentStatus
  /** Host ports assigned so far, by `service:port/protocol`. An entry never changes. */
  readonly ports: Readonly<Record<string, number>>
  /** All variables known so far. */
  readonly variables: Readonly<Record<string, string>>
  /** Folder for a plugin's files about this environment. It is outside the worktree and removed by `destroy`. */
  readonly stateDir: string
}

/** What a run is about. Runs of an environment follow the phases; all others follow a `RunDefinition`. */
export type Subject =
  | { readonly kind: 'environment'; readonly name: string }
  | { readonly kind: 'project' }
  | { readonly kind: 'machine' }
  | { readonly kind: 'stage'; readonly name: string }
