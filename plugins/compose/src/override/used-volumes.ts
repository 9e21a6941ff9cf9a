import { type Model, overrideSlot } from '../contract.js'
import { modelHere } from './here.js'
import { mergeFilled, namesGiven } from './merge.js'
import type { SiteLook } from '../site.js'

/**
 * The volumes that compose makes for this environment and that a service of it mounts, by key: none that is external, put
 * elsewhere by another plugin, or mounted only by services that another plugin has taken out.
 */
export function usedVolumes(context: Pick<SiteLook, 'collect'>, model: Model): readonly string[] {
  const given = namesGiven(mergeFilled(context.collect(overrideSlot, model)), 'volumes')
  const services = Object.values(modelHere(context, model).services)
  return Object.entries(model.volumes).flatMap(([key, { external }]) => {
    const isMounted = services.some(({ mounts }) =>
      mounts.some(({ type, source }) => type === 'volume' && source === key),
    )
    return external || given.has(key) || !isMounted ? [] : [key]
  })
}
