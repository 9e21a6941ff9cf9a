import type { RegisteredProject } from '../leases/projects.js'
import type { ListedEnvironment } from './listing.js'

/** A line of `piko list`. */
export interface ListEntry extends ListedEnvironment {
  /** Set for `list --all`. */
  readonly project?: Pick<RegisteredProject, 'name' | 'root'>
}
