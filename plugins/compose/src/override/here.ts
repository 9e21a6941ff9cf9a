import { type Model, overrideSlot } from '../contract.js'
import { mergeFilled, removedServices } from './merge.js'
import type { SiteLook } from '../site.js'

/** The model without the services that another plugin removed, and without what only they need. */
export function modelHere(context: Pick<SiteLook, 'collect'>, model: Model): Model {
  const removed = removedServices(mergeFilled(context.collect(overrideSlot, model)))
  if (removed.size === 0) return model
  const isHere = (service: string) => !removed.has(service)
  const volumes = Object.entries(model.volumes).filter(([key]) => {
    const users = Object.entries(model.services).filter(([, { mounts }]) =>
      mounts.some(({ source }) => source === key),
    )
    return users.length === 0 || users.some(([service]) => isHere(service))
  })
  return {
    ...model,
    services: Object.fromEntries(Object.entries(model.services).filter(([service]) => isHere(service))),
    volumes: Object.fromEntries(volumes),
    sources: model.sources.flatMap(source => {
      const services = source.services.filter(isHere)
      return services.length === 0 ? [] : [{ ...source, services }]
    }),
  }
}
