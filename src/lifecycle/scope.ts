import type { Environment, FlagValue, Json, PortRequest, Project, Subject } from '@piko/sdk'
import type { Owner } from '../leases/owner.js'
import type { ActivePlugin } from './active-plugin.js'
import type { Database } from '../state/open.js'

/** What the contexts of one subject have access to: databases, plugins, folder and ports. */
export interface Scope {
  readonly project: Project
  readonly subject: Subject
  readonly owner: Owner
  /** The database of the subject's journal, facts and warnings: the project's or the machine's. */
  readonly database: Database
  readonly machine: Database
  /** The project's database. */
  readonly state: Database
  readonly plugins: readonly ActivePlugin[]
  /** By plugin name. */
  readonly flags: Readonly<Record<string, Readonly<Record<string, FlagValue>>>>
  readonly targets: readonly string[]
  readonly input: Json
  /** The folder for step logs. */
  readonly logDir: string
  /** The environment's current record. Throws for other subjects. */
  environment(): Environment
  /** The default working directory of programs. */
  cwd(): string
  /** The subject's variables for programs. */
  variables(): Readonly<Record<string, string>>
  assignPorts(requests: readonly PortRequest[]): Promise<Readonly<Record<string, number>>>
  hideFromGit(path: string): Promise<void>
}
