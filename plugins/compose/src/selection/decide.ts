import type { Choice, Selection } from '../contract.js'
import { selectionErrors } from '../errors/selection.js'
import { findNearest } from './nearest.js'
import { type Catalogue, needsOf } from './catalogue.js'
import { withAdded } from './choice.js'
import { isLimiting, selectServices, type Wish } from './choose.js'
import { droppedBy, layerOf } from './layer.js'

export interface Asked {
  readonly environment: string
  readonly choice: Choice
  /** Services in `.piko.yml`, used if `only` is not given. */
  readonly configured: readonly string[] | undefined
  /** Active profiles. */
  readonly profiles: readonly string[]
  /** Services that this run adds. */
  readonly targets: readonly string[]
}

export interface Settled {
  /** The choice to store. */
  readonly choice: Choice
  /** Undefined if all services of the active profiles are selected. */
  readonly selection: Selection | undefined
}

/** Decides which services an environment has. Throws for unknown names and impossible selections. Pure. */
export function settleSelection(catalogue: Catalogue, asked: Asked): Settled {
  requireKnown(catalogue, asked)
  const before = selectServices(catalogue, wishOf(asked.choice, asked))
  const missing = asked.targets.filter(service => !before.includes(service))
  const choice = missing.length === 0 ? asked.choice : withAdded(asked.choice, missing)
  const wish = wishOf(choice, asked)
  if (!isLimiting(wish)) return { choice, selection: undefined }
  const services = selectServices(catalogue, wish)
  if (services.length === 0) throw selectionErrors.COMPOSE_SELECTION_EMPTY()
  const except = choice.except ?? []
  requireCreatable(catalogue, { services, except, environment: asked.environment })
  const kept = wish.only ? services : Object.keys(catalogue).filter(service => !except.includes(service))
  const selection: Selection = {
    environment: asked.environment,
    services,
    inactive: kept.filter(service => !services.includes(service)),
    unselected: Object.keys(catalogue).filter(service => !kept.includes(service)),
    dropped: droppedBy(catalogue, { selected: services, except }),
    layer: layerOf(catalogue, { selected: services, kept }),
  }
  return { choice, selection }
}

function wishOf(choice: Choice, { configured, profiles }: Pick<Asked, 'configured' | 'profiles'>): Wish {
  const only = choice.only ?? configured
  return { ...choice, ...(only ? { only } : {}), profiles }
}

function requireKnown(catalogue: Catalogue, { choice, configured, targets }: Asked): void {
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
