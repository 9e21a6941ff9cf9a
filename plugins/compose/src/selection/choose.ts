import type { Choice } from '../contract.js'
import { type Catalogue, dependenciesOf } from './catalogue.js'

/** The requested selection, completed with the services and profiles of `.piko.yml` and `.env`. */
export interface SelectionRequest extends Omit<Choice, 'profiles'> {
  /** Active profiles. */
  readonly profiles: readonly string[]
}

/** The selected services, in Compose's order. Every name must be known. Pure. */
export function selectServices(catalogue: Catalogue, request: SelectionRequest): readonly string[] {
  const { only, except = [], added = [], profiles } = request
  const isDefault = (service: string) => isActive(catalogue, { service, profiles })
  const excluded = new Set(except)
  const selected = new Set<string>()
  const add = (service: string): void => {
    if (selected.has(service) || excluded.has(service)) return
    selected.add(service)
    for (const { on, isRequired } of dependenciesOf(catalogue, service))
      if (on in catalogue && (isRequired || isDefault(on))) add(on)
  }
  for (const service of [...(only ?? Object.keys(catalogue).filter(isDefault)), ...added]) add(service)
  return Object.keys(catalogue).filter(service => selected.has(service))
}

/** Whether the service runs with these profiles by default. */
function isActive(
  catalogue: Catalogue,
  { service, profiles }: { readonly service: string; readonly profiles: readonly string[] },
): boolean {
  const own = catalogue[service]?.profiles ?? []
  return own.length === 0 || profiles.includes('*') || own.some(profile => profiles.includes(profile))
}

export function isLimiting({ only, except, added }: Choice): boolean {
  return only !== undefined || (except ?? []).length > 0 || (added ?? []).length > 0
}
