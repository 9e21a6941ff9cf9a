import type { Narrator } from '../lifecycle/narrator.js'
import type { InstalledPackage } from '../plugins/candidate.js'
import type { Database } from '../state/open.js'
import type { Loaded } from '../plugins/load.js'
import { loadPluginsIn, openWorkspace, type Workspace, type WorkspaceRequest } from '../workspace/open.js'
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
  /** The package whose own command is running. */
  readonly running: string | undefined
  readonly narrator: Narrator
  /** The narrator for `--verbose`. */
  readonly verboseNarrator: Narrator
  /** For commands that only read what is recorded. A quick command opens no workspace for it. */
  recorded(access?: WorkspaceRequest['access']): Promise<Recorded>
  /** The project around the folder, opened once. Only the first call's options count. */
  workspace(options?: Pick<WorkspaceRequest, 'tolerant' | 'settles' | 'access'>): Promise<Workspace>
  /** The plugins of the project or, outside of one, those that come with piko. */
  plugins(): Promise<Loaded>
}

export function openSession(facts: Omit<Session, 'recorded' | 'workspace' | 'plugins'>): Session {
  let workspace: Promise<Workspace> | undefined
  const open: Session['workspace'] = (options = {}) => {
    workspace ??= openWorkspace({ ...facts, ...options })
    return workspace
  }
  return {
    ...facts,
    recorded: (access = 'read') => open({ tolerant: true, access }),
    workspace: open,
    plugins: () => loadPluginsIn(facts),
  }
}
