import { type Contributions, fill } from '@piko/sdk'
import { type Model, type Override, overrideSlot, replace } from '@piko/plugin-compose/contract'
import type { VolumesConfig } from './config.js'
import { sharedFact, type SharedVolume } from './contract.js'

/** Replaces the environment's own volumes with shared ones. */
export const contributes: Contributions<VolumesConfig> = {
  fills: [
    fill(overrideSlot, (context, model) => {
      const shared = Object.entries(context.fact(sharedFact) ?? {}).filter(([key]) => key in model.volumes)
      return shared.length === 0 ? undefined : overrideOf(model, Object.fromEntries(shared))
    }),
  ],
}

function overrideOf(model: Model, shared: Readonly<Record<string, SharedVolume>>): Override {
  const volumes = Object.entries(shared).map(([key, { name }]) => [key, replace({ external: true, name })])
  const services = Object.entries(model.services).flatMap(([service, { mounts }]) => {
    const isReadOnly = ({ type, source = '' }: (typeof mounts)[number]) =>
      type === 'volume' && shared[source]?.readOnly === true
    if (!mounts.some(isReadOnly)) return []
    // Compose merges mounts by target. Other mounts of the override are repeated, since this list replaces it.
    const named = mounts.filter(mount => mount.leaves || isReadOnly(mount))
    return [[service, { volumes: named.map(mount => mountOf(mount, isReadOnly(mount))) }] as const]
  })
  const changed = services.length === 0 ? {} : { services: Object.fromEntries(services) }
  return { volumes: Object.fromEntries(volumes) as Override, ...changed }
}

type Mount = Model['services'][string]['mounts'][number]

function mountOf(mount: Mount, readOnly: boolean): Override {
  const { type, source = '', target = '', options } = mount
  return { type, source, target, ...(readOnly || mount.readOnly ? { read_only: true } : {}), ...options }
}
