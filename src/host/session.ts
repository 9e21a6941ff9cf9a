import type { Narrator } from '../lifecycle/narrator.js'
import type { InstalledPackage } from '../plugins/candidate.js'
import { openWorkspace, type Workspace } from '../workspace/open.js'

/** One call of piko: where it stands, what is installed, and who is told what goes on. */
export interface Session {
  readonly version: string
  /** The current folder. */
  readonly folder: string
  readonly packages: readonly InstalledPackage[]
  readonly narrator: Narrator
  /** The same for `--verbose`. */
  readonly verboseNarrator: Narrator
  /** The project around the folder, opened once. The first call's `tolerant` counts. */
  workspace(options?: { readonly tolerant?: boolean }): Promise<Workspace>
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
