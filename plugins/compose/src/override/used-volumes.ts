import { type Model, overrideSlot } from '../contract.js'
import { modelHere } from './here.js'
import { assignedNames, mergeFilled } from './merge.js'
import type { SiteLook } from '../site.js'

/**
 * The volumes that this plugin creates for the environment and that one of its services mounts, by key. Leaves out
 * external volumes, those that another plugin placed elsewhere, and those mounted only by services that another plugin
 * removed.
 */
export function usedVolumes(context: Pick<SiteLook, 'collect'>, model: Model): readonly string[] {
  const given = assignedNames(mergeFilled(context.collect(overrideSlot, model)), 'volumes')
  const services = Object.values(modelHere(context, model).services)
  return Object.entries(model.volumes).flatMap(([key, { external }]) => {
    const isMounted = services.some(({ mounts }) =>
      mounts.some(({ type, source }) => type === 'volume' && source === key),
    )
    return external || given.has(key) || !isMounted ? [] : [key]
  })
}
