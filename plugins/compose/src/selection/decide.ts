import type { Choice, Selection } from '../contract.js'
import { selectionErrors } from '../errors/selection.js'
import { findNearest } from './nearest.js'
import { type Catalogue, needsOf } from './catalogue.js'
import { withAdded } from './choice.js'
import { isLimiting, selectServices, type SelectionRequest } from './choose.js'
import { droppedBy, layerOf } from './layer.js'

export interface SelectionInput {
  readonly environment: string
  readonly choice: Choice
  /** Services in `.piko.yml`, used if `only` is not given. */
  readonly configured: readonly string[] | undefined
  /** Active profiles. */
  readonly profiles: readonly string[]
  /** Services that this run adds. */
  readonly targets: readonly string[]
}

export interface Decided {
  /** The choice to store. */
  readonly choice: Choice
  /** Undefined if all services of the active profiles are selected. */
  readonly selection: Selection | undefined
}

/** Decides which services an environment has. Throws for unknown names and impossible selections. Pure. */
export function decideSelection(catalogue: Catalogue, input: SelectionInput): Decided {
  requireKnown(catalogue, input)
  const before = selectServices(catalogue, requestOf(input.choice, input))
  const missing = input.targets.filter(service => !before.includes(service))
  const choice = missing.length === 0 ? input.choice : withAdded(input.choice, missing)
  const request = requestOf(choice, input)
  if (!isLimiting(request)) return { choice, selection: undefined }
  const services = selectServices(catalogue, request)
  if (services.length === 0) throw selectionErrors.COMPOSE_SELECTION_EMPTY()
  const except = choice.except ?? []
  requireCreatable(catalogue, { services, except, environment: input.environment })
  const kept = request.only ? services : Object.keys(catalogue).filter(service => !except.includes(service))
  const selection: Selection = {
    environment: input.environment,
    services,
    inactive: kept.filter(service => !services.includes(service)),
    unselected: Object.keys(catalogue).filter(service => !kept.includes(service)),
    dropped: droppedBy(catalogue, { selected: services, except }),
    layer: layerOf(catalogue, { selected: services, kept }),
  }
  return { choice, selection }
}

function requestOf(
  choice: Choice,
  { configured, profiles }: Pick<SelectionInput, 'configured' | 'profiles'>,
): SelectionRequest {
  const only = choice.only ?? configured
  return { ...choice, ...(only ? { only } : {}), profiles }
}

function requireKnown(catalogue: Catalogue, { choice, configured, targets }: SelectionInput): void {
  const services = Object.keys(catalogue)
  const profiles = [...new Set(Object.values(catalogue).flatMap(entry => entry.profiles ?? []))].sort()
  const find = (names: readonly string[], known: readonly string[]) => {
    const name = names.find(other => !known.includes(other))
    return name === undefined ? undefined : { name, nearest: findNearest(name, known), known }
  }
  const service = find([...(choice.only ?? []), ...(choice.except ?? []), ...targets], services)
  if (service) throw selectionErrors.COMPOSE_SERVICE_UNKNOWN(service)
  const profile = find(choice.profiles ?? [], [...profiles, '*'])
  if (profile) throw selectionErrors.COMPOSE_PROFILE_UNKNOWN({ ...profile, known: profiles })
  const configuredName = choice.only ? undefined : find(configured ?? [], services)
  if (configuredName) throw selectionErrors.COMPOSE_SELECTION_UNKNOWN(configuredName)
}

interface Creating {
  readonly services: readonly string[]
  readonly except: readonly string[]
  readonly environment: string
}

function requireCreatable(catalogue: Catalogue, { services, except, environment }: Creating): void {
  for (const service of services)
    for (const [on, line] of needsOf(catalogue, service))
      if (except.includes(on))
        throw selectionErrors.COMPOSE_SERVICE_NEEDED({ environment, service, on, line })
}
