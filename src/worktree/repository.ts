/** A git repository that has a main checkout. All paths are absolute and real (no symbolic links in them). */
export interface Repository {
  /** The checkout that holds the repository; for a linked worktree, still the main one. */
  readonly mainCheckout: string
  /** Where the refs, the objects and `info/exclude` are, for all worktrees in common. */
  readonly gitCommonDir: string
  /** The checkout that the search began in. */
  readonly currentCheckout: string
}

/** The branch of an environment to be: what already exists, and what is to be made. */
export type Branch = LocalBranch | RemoteBranch | NewBranch

export interface LocalBranch {
  readonly kind: 'local'
  readonly branch: string
  /** The worktree that has it checked out now; it may be one whose folder is gone. */
  readonly checkedOutAt?: string
}

/** Only a remote has it, as of the last fetch. */
interface RemoteBranch {
  readonly kind: 'remote'
  readonly branch: string
  /** Full: `refs/remotes/origin/feature`. */
  readonly remoteRef: string
}

interface NewBranch {
  readonly kind: 'new'
  readonly branch: string
  /** A commit id, so that it is the same commit wherever it is read again. */
  readonly startPoint: string
}
