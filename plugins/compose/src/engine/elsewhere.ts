import type { RunName } from '@piko/sdk'
import { elsewhereSlot, projectFact } from '../contract.js'
import { type Owner, ownerOf } from '../labels.js'
import type { SiteLook } from '../site.js'

type Context = Pick<SiteLook, 'collect' | 'fact' | 'environment' | 'project'>

/** Where a service's containers are. */
export interface Home {
  readonly owner: Owner
  /** The Compose project; undefined if it was never created. */
  readonly project: string | undefined
  /** Whether they are in a project that serves several environments. */
  readonly isShared: boolean
}

/** The home of a service: the environment's own project, unless a plugin provides the service elsewhere. */
export function homeOf(context: Context, service: string): Home {
  const run = findElsewhere(context).get(service)
  if (!run) return { owner: ownerOf(context), project: context.fact(projectFact), isShared: false }
  const owner = { ...ownerOf(context), environment: run.key ?? '' }
  return { owner, project: context.fact(projectFact, run), isShared: true }
}

/** The services that this environment uses but does not run, with the run that provides each. */
export function findElsewhere(context: Pick<Context, 'collect'>): ReadonlyMap<string, RunName> {
  return new Map(context.collect(elsewhereSlot, undefined).flatMap(({ value }) => Object.entries(value)))
}

/** Printed before a command acts on a container that other environments also use. */
export function sharedNotice(service: string, container: string, action = 'using'): string {
  return `${service} is shared with other environments: ${action} ${container}`
}
