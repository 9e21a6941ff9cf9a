import { closest } from 'fastest-levenshtein'
import type { Model } from '../contract.js'
import { serviceUnknown } from './errors.js'

/** The services that a run is about: all active ones, or the named ones with all they depend on. */
export function wantedServices(model: Model, targets: readonly string[]): readonly string[] {
  if (targets.length === 0) return Object.keys(model.services).filter(name => model.services[name]?.active)
  const wanted = new Set<string>()
  const add = (name: string): void => {
    if (wanted.has(name)) return
    wanted.add(name)
    Object.keys(model.services[name]?.dependsOn ?? {}).forEach(add)
  }
  for (const name of targets) add(requireService(model, name))
  return [...wanted].filter(name => model.services[name] !== undefined)
}

/** Throws with the nearest name. */
export function requireService(model: Model, name: string): string {
  const known = Object.keys(model.services)
  if (known.includes(name)) return name
  throw serviceUnknown({
    service: name,
    nearest: known.length === 0 ? undefined : closest(name, known),
    known,
  })
}
