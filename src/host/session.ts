import type { Narrator } from '../lifecycle/narrator.js'
import type { InstalledPackage } from '../plugins/candidate.js'
import type { Database } from '../state/open.js'
import { openWorkspace, type Workspace, type WorkspaceRequest } from '../workspace/open.js'
import type { Repository } from '../worktree/repository.js'

/** What is known of a project without its plugins and configuration. */
export interface Recorded {
  readonly state: Database
  readonly repository: Pick<Repository, 'gitCommonDir' | 'mainCheckout'>
}

/** One invocation of piko: its folder, installed plugins and narrators. */
export interface Session {
  readonly version: string
  /** The current folder. */
  readonly folder: string
  readonly packages: readonly InstalledPackage[]
  readonly narrator: Narrator
  /** The narrator for `--verbose`. */
  readonly verboseNarrator: Narrator
  /** For commands that only read what is recorded. A quick command opens no workspace for it. */
  recorded(access?: WorkspaceRequest['access']): Promise<Recorded>
  /** The project around the folder, opened once. Only the first call's options count. */
  workspace(options?: Pick<WorkspaceRequest, 'tolerant' | 'settles' | 'access'>): Promise<Workspace>
}

export function openSession(facts: Omit<Session, 'recorded' | 'workspace'>): Session {
  let workspace: Promise<Workspace> | undefined
  const open: Session['workspace'] = (options = {}) => {
    workspace ??= openWorkspace({ folder: facts.folder, packages: facts.packages, ...options })
    return workspace
  }
  return { ...facts, recorded: (access = 'read') => open({ tolerant: true, access }), workspace: open }
}
