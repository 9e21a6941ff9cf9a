import { type Override, replace, reset, type Selection } from '../contract.js'
import { type Catalogue, dependenciesOf } from './catalogue.js'

/**
 * The layer over the Compose files that runs the selected services whatever their profiles, and removes those not kept.
 * A service that is kept but not selected still waits for its profile. Pure.
 */
export function layerOf(
  catalogue: Catalogue,
  { selected, kept }: { readonly selected: readonly string[]; readonly kept: readonly string[] },
): Override {
  const services = Object.keys(catalogue).flatMap(service => {
    if (!kept.includes(service)) return [[service, reset()] as const]
    const isSelected = selected.includes(service)
    const override = serviceLayer(catalogue, { service, isSelected, present: isSelected ? selected : kept })
    return Object.keys(override).length === 0 ? [] : [[service, override] as const]
  })
  return services.length === 0 ? {} : { services: Object.fromEntries(services) }
}

/** The dependencies removed by an exclusion. */
export function droppedBy(
  catalogue: Catalogue,
  { selected, except }: { readonly selected: readonly string[]; readonly except: readonly string[] },
): Selection['dropped'] {
  return selected.flatMap(service =>
    dependenciesOf(catalogue, service).flatMap(({ on, isRequired }) =>
      isRequired && except.includes(on) ? [{ service, on }] : [],
    ),
  )
}

interface ServiceLayer {
  readonly service: string
  readonly isSelected: boolean
  /** Services that it may depend on. */
  readonly present: readonly string[]
}

function serviceLayer(catalogue: Catalogue, { service, isSelected, present }: ServiceLayer): Override {
  const { profiles, links, depends_on: dependsOn } = catalogue[service] ?? {}
  const missing = Object.keys(dependsOn ?? {}).filter(on => !present.includes(on))
  const presentLinks = (links ?? []).filter(link => present.includes(link.split(':')[0] ?? link))
  return {
    ...(isSelected && (profiles ?? []).length > 0 ? { profiles: reset() } : {}),
    ...(missing.length > 0 ? { depends_on: Object.fromEntries(missing.map(on => [on, reset()])) } : {}),
    ...(presentLinks.length < (links ?? []).length ? { links: replace(presentLinks) } : {}),
  }
}
