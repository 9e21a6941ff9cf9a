import type { Narrator } from '../lifecycle/narrator.js'
import type { InstalledPackage } from '../plugins/candidate.js'
import { openWorkspace, type Workspace, type WorkspaceRequest } from '../workspace/open.js'

/** One invocation of piko: its folder, installed plugins and narrators. */
export interface Session {
  readonly version: string
  /** The current folder. */
  readonly folder: string
  readonly packages: readonly InstalledPackage[]
  readonly narrator: Narrator
  /** The narrator for `--verbose`. */
  readonly verboseNarrator: Narrator
  /** The project around the folder, opened once. Only the first call's options count. */
  workspace(options?: Pick<WorkspaceRequest, 'tolerant' | 'settles' | 'access'>): Promise<Workspace>
}

export function openSession(facts: Omit<Session, 'workspace'>): Session {
  let workspace: Promise<Workspace> | undefined
  return {
    ...facts,
    workspace: (options = {}) => {
      workspace ??= openWorkspace({ folder: facts.folder, packages: facts.packages, ...options })
      return workspace
    },
  }
}
