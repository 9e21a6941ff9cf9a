import type { EnvironmentContext } from '@piko/sdk'
import { type Model, overrideSlot } from '../contract.js'
import { mergeFilled, namesGiven, removedServices } from './merge.js'

/**
 * The volumes that compose makes for this environment and that a service of it mounts, by key: none that is external, put
 * elsewhere by another plugin, or mounted only by services that another plugin has taken out.
 */
export function usedVolumes(
  context: Pick<EnvironmentContext<unknown>, 'collect'>,
  model: Model,
): readonly string[] {
  const fragment = mergeFilled(context.collect(overrideSlot, model))
  const given = namesGiven(fragment, 'volumes')
  const removed = removedServices(fragment)
  const services = Object.entries(model.services).filter(([name]) => !removed.has(name))
  return Object.entries(model.volumes).flatMap(([key, { external }]) => {
    const isMounted = services.some(([, { mounts }]) =>
      mounts.some(({ type, source }) => type === 'volume' && source === key),
    )
    return external || given.has(key) || !isMounted ? [] : [key]
  })
}
