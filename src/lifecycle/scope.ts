import type { Environment, FlagValue, Json, PortRequest, Project, Subject } from '@piko/sdk'
import type { Owner } from '../leases/owner.js'
import type { ActivePlugin } from './active-plugin.js'
import type { Database } from '../state/open.js'

/** What contexts of one subject can reach: its databases, its plugins, its folder and its ports. */
export interface Scope {
  readonly project: Project
  readonly subject: Subject
  readonly owner: Owner
  /** Where the subject's journal, facts and warnings are: the project's state, or the machine's. */
  readonly database: Database
  readonly machine: Database
  /** The project's state. */
  readonly state: Database
  readonly plugins: readonly ActivePlugin[]
  /** By plugin name. */
  readonly flags: Readonly<Record<string, Readonly<Record<string, FlagValue>>>>
  readonly targets: readonly string[]
  readonly input: Json
  /** Where the logs of steps go. */
  readonly logDir: string
  /** As it is now. Throws for a subject that is not an environment. */
  environment(): Environment
  /** Where programs run unless they say otherwise. */
  cwd(): string
  /** What programs see of piko: the variables of the subject. */
  variables(): Readonly<Record<string, string>>
  assignPorts(requests: readonly PortRequest[]): Promise<Readonly<Record<string, number>>>
  hideFromGit(path: string): Promise<void>
}
