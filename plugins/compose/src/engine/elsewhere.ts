import type { RunName } from '@piko/sdk'
import { elsewhereSlot, projectFact } from '../contract.js'
import { type Owner, ownerOf } from '../labels.js'
import type { SiteLook } from '../site.js'

type Context = Pick<SiteLook, 'collect' | 'fact' | 'environment' | 'project'>

/** Where the containers of a service are found. */
export interface Home {
  readonly owner: Owner
  /** The Compose project; absent where it was never made. */
  readonly project: string | undefined
  /** Not in the environment's own project, but in one that serves several. */
  readonly isShared: boolean
}

/** The home of a service of this environment: its own project, unless a plugin says that it is served elsewhere. */
export function homeOf(context: Context, service: string): Home {
  const run = findElsewhere(context).get(service)
  if (!run) return { owner: ownerOf(context), project: context.fact(projectFact), isShared: false }
  const owner = { ...ownerOf(context), environment: run.key ?? '' }
  return { owner, project: context.fact(projectFact, run), isShared: true }
}

/** The services that this environment uses and does not run itself, with the run that does. */
export function findElsewhere(context: Pick<Context, 'collect'>): ReadonlyMap<string, RunName> {
  return new Map(context.collect(elsewhereSlot, undefined).flatMap(({ value }) => Object.entries(value)))
}

/** Shown before a command acts on a container that other environments use too. */
export function sharedNotice(service: string, container: string, action = 'using'): string {
  return `${service} is shared with other environments: ${action} ${container}`
}
