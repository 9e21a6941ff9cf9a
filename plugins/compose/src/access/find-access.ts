import type { Access } from '@piko/sdk'
import { findOutside, type Place } from './outside.js'
import type { Looking, Resolved } from './rule.js'
import { builds } from './rules/builds.js'
import { mounts } from './rules/mounts.js'
import { objects } from './rules/objects.js'
import { ports } from './rules/ports.js'
import { privileges } from './rules/privileges.js'
import { provider } from './rules/provider.js'
import { sources } from './rules/sources.js'

const serviceRules = [provider, privileges, mounts, ports, builds]
const projectRules = [sources, objects]

/** Everything in a resolved project that reaches outside its worktree. */
export async function findAccess(resolved: Resolved, place: Place): Promise<readonly Access[]> {
  const { project, written } = resolved
  const looking: Looking = {
    // An absolute path stays what it is; a relative one is shown from the main checkout.
    findOutside: (path, asWritten) =>
      findOutside(path, {
        base: place.worktree,
        place,
        isFixed: asWritten === undefined || /^[/~]/.test(asWritten),
      }),
  }
  const services = Object.entries(project.services).flatMap(([service, raw]) =>
    serviceRules.map(rule => rule({ service, raw, written: written?.services[service] }, looking)),
  )
  const found = await Promise.all([...services, ...projectRules.map(rule => rule(resolved, looking))])
  return found.flat()
}
