import type { Access } from '@piko/sdk'
import type { RawProject, RawService } from '../model/raw.js'

/** The project as Compose resolves it. */
export interface Resolved {
  readonly project: RawProject
  /** With its paths as written in the files. */
  readonly written: RawProject | undefined
}

export interface Looking {
  /** How a path is shown if it is outside the worktree. `written`: as written in the files. */
  findOutside(path: string, written: string | undefined): Promise<string | undefined>
}

/** Finds one way in which a project reaches outside its worktree. */
export type ProjectRule = (resolved: Resolved, looking: Looking) => Promise<readonly Access[]>

interface Serviced {
  readonly service: string
  readonly raw: RawService
  readonly written: RawService | undefined
}

/** Finds one way in which a service does. */
export type ServiceRule = (serviced: Serviced, looking: Looking) => Promise<readonly Access[]>
