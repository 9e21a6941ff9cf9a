import type {
  Environment,
  FlagValue,
  Json,
  PortRequest,
  Project,
  RunName,
  RunRef,
  RunRequest,
  Subject,
} from '@piko/sdk'
import type { Owner } from '../leases/owner.js'
import type { ActivePlugin } from './active-plugin.js'
import type { Database } from '../state/open.js'

/** What contexts stand on: one subject, with its databases and its surroundings. */
export interface Ground {
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
  readonly runs: OtherRuns
}

/** How a step reaches the runs of other subjects. `progress`: where it shows what goes on. */
export interface OtherRuns {
  ensure(run: RunRef<Json>, request: RunRequest<Json>, progress: (line: string) => void): Promise<void>
  takeBack(run: RunName, progress: (line: string) => void): Promise<void>
}
