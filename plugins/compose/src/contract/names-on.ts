import type { Model } from './model.js'

/** The names by which a service is reachable on a network: its name, its aliases and those of links. */
export function namesOn(model: Model, service: string, network: string): readonly string[] {
  const spec = model.services[service]
  if (!spec) return []
  const linked = Object.values(model.services).flatMap(({ links }) =>
    links.flatMap(link => {
      const [target, alias = target] = link.split(':')
      return target === service ? (alias ?? []) : []
    }),
  )
  const own = [service, ...(spec.containerName === undefined ? [] : [spec.containerName])]
  return [...new Set([...own, ...(spec.networks[network]?.aliases ?? []), ...linked])]
}
