/** A git repository that has a main checkout. All paths are absolute and real (without symbolic links). */
export interface Repository {
  /** The checkout that holds the repository. For a linked worktree, this is still the main one. */
  readonly mainCheckout: string
  /** Holds the refs, objects and `info/exclude` that all worktrees share. */
  readonly gitCommonDir: string
  /** The checkout in which the search began. */
  readonly currentCheckout: string
}

/** The branch for a new environment: one that exists, or one to create. */
export type Branch = LocalBranch | RemoteBranch | NewBranch

export interface LocalBranch {
  readonly kind: 'local'
  readonly branch: string
  readonly commit: string
  /** The worktree in which it is checked out. The folder may be gone. */
  readonly checkedOutAt?: string
}

/** Exists only on a remote, as of the last fetch. */
interface RemoteBranch {
  readonly kind: 'remote'
  readonly branch: string
  readonly commit: string
  /** The full name: `refs/remotes/origin/feature`. */
  readonly remoteRef: string
}

interface NewBranch {
  readonly kind: 'new'
  readonly branch: string
  /** A commit id, so that it means the same commit wherever it is read. */
  readonly startPoint: string
}
