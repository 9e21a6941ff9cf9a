import { type Model, overrideSlot } from '../contract.js'
import { selectionErrors } from '../errors/selection.js'
import { serviceErrors } from '../errors/services.js'
import { requireModel } from '../model/require.js'
import { removedServices } from '../override/merge.js'
import { parseAddress } from './address.js'
import { findNearest } from '../selection/nearest.js'
import type { SiteLook } from '../site.js'

type Context = Pick<SiteLook, 'collect' | 'fact' | 'environment'>

/** The services of a run: all active ones, or the requested ones with their dependencies. */
export function wantedServices(model: Model, targets: readonly string[]): readonly string[] {
  if (targets.length === 0) return Object.keys(model.services).filter(name => model.services[name]?.active)
  const wanted = new Set<string>()
  const add = (name: string): void => {
    if (wanted.has(name)) return
    wanted.add(name)
    Object.keys(model.services[name]?.dependsOn ?? {}).forEach(add)
  }
  for (const word of targets) add(requireService(model, parseAddress(word).service))
  return [...wanted].filter(name => model.services[name] !== undefined)
}

/** Throws with the nearest name or, for a service that is not selected, with how to add it. */
export function requireService(model: Model, name: string): string {
  const known = Object.keys(model.services)
  if (known.includes(name)) return name
  const { selection } = model
  if (selection?.unselected.includes(name))
    throw selectionErrors.COMPOSE_SERVICE_UNSELECTED({ environment: selection.environment, service: name })
  throw serviceErrors.COMPOSE_SERVICE_UNKNOWN({ service: name, nearest: findNearest(name, known), known })
}

/** Throws for an unknown service, and for one that another plugin removed from this environment. */
export function requireHere(context: Context, name: string): string {
  requireService(requireModel(context), name)
  const plugin = takenOutBy(context, name)
  if (plugin !== undefined)
    throw serviceErrors.COMPOSE_SERVICE_ELSEWHERE({
      environment: context.environment.name,
      service: name,
      plugin,
    })
  return name
}

/** The requested services; by default, all active ones that run here. */
export function requireServices(context: Context, names: readonly string[]): readonly string[] {
  if (names.length > 0) return names.map(name => requireHere(context, name))
  return servicesHere(context, wantedServices(requireModel(context), []))
}

/** Drops the services that run elsewhere, since Compose no longer knows them. */
export function servicesHere(context: Context, names: readonly string[]): readonly string[] {
  return names.filter(name => takenOutBy(context, name) === undefined)
}

function takenOutBy(context: Context, name: string): string | undefined {
  const filled = context.collect(overrideSlot, requireModel(context))
  return filled.find(({ value }) => removedServices(value).has(name))?.plugin
}
