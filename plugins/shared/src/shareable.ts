import type { Model } from '@piko/plugin-compose/contract'
import { requireService } from '@piko/plugin-compose/contract/engine'
import { sharedErrors } from './errors/shared.js'

/** Throws for services that the main checkout lacks, or that cannot be attached to an environment's network. */
export function requireShareable(model: Model | undefined, services: readonly string[]): void {
  if (!model) return
  for (const service of services) {
    const spec = model.services[requireService(model, service)]
    if (!spec?.active)
      throw sharedErrors.SHARED_NOT_SHAREABLE({
        service,
        because: `it belongs to a profile that is not on: ${spec?.profiles.join(', ') ?? ''}`,
      })
    if (spec.networkMode !== undefined && spec.networkMode !== 'bridge')
      throw sharedErrors.SHARED_NOT_SHAREABLE({
        service,
        because: `its network_mode is ${spec.networkMode}, so it cannot be put on a network`,
      })
    const dependent = Object.entries(model.services).find(([, other]) =>
      usesNetworkOf(other.networkMode, service),
    )
    if (dependent)
      throw sharedErrors.SHARED_NOT_SHAREABLE({
        service,
        because: `${dependent[0]} uses its network (network_mode)`,
      })
  }
}

/** Dependencies that are not shared: the shared service starts without them. */
export function missingNeeds(model: Model | undefined, shared: readonly string[]) {
  return shared.flatMap(service =>
    Object.keys(model?.services[service]?.dependsOn ?? {})
      .filter(needed => !shared.includes(needed))
      .map(needed => ({ service, needed })),
  )
}

function usesNetworkOf(networkMode: string | undefined, service: string): boolean {
  return networkMode === `service:${service}`
}
