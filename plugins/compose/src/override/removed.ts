import { type Change, type Override, replace, reset, type Service } from '../contract.js'
import { type Rule, servicesPart } from './rule.js'

/** Compose rejects a project with a dependency on a missing service, so those are removed. */
export const removals: Rule = {
  changes:
    '`depends_on`, `links` and `volumes_from` no longer name a service that another plugin has removed, such as one that is shared',
  because: 'that service runs elsewhere, and Compose refuses a dependency on one that does not exist',
  see: 'the service in `docker-compose.piko.yml`',
  apply({ services }, { removed }) {
    const overrides: Record<string, Override> = {}
    const changes: Change[] = []
    for (const [service, spec] of Object.entries(services)) {
      if (removed.has(service)) {
        const because = 'another plugin has removed it'
        changes.push({ service, what: 'service', from: 'this environment', to: 'elsewhere', because })
        continue
      }
      const override = withoutRemoved(spec, removed)
      const names = [...removed].filter(name => dependsOnService(spec, name))
      if (names.length === 0) continue
      overrides[service] = override
      for (const name of names)
        changes.push({
          service,
          what: `dependency on ${name}`,
          from: 'this environment',
          to: 'none',
          because: `${name} runs outside of this environment`,
        })
    }
    return servicesPart(overrides, changes)
  },
}

function withoutRemoved(spec: Service, removed: ReadonlySet<string>): Override {
  const dependencies = Object.keys(spec.dependsOn).filter(name => removed.has(name))
  const links = spec.links.filter(link => !removed.has(serviceOf(link)))
  const volumesFrom = spec.volumesFrom.filter(from => !removed.has(serviceOf(from)))
  return {
    ...(dependencies.length > 0
      ? { depends_on: Object.fromEntries(dependencies.map(name => [name, reset()])) }
      : {}),
    ...(links.length < spec.links.length ? { links: replace(links) } : {}),
    ...(volumesFrom.length < spec.volumesFrom.length ? { volumes_from: replace(volumesFrom) } : {}),
  }
}

function dependsOnService({ dependsOn, links, volumesFrom }: Service, name: string): boolean {
  return name in dependsOn || [...links, ...volumesFrom].some(reference => serviceOf(reference) === name)
}

/** The service in `redis:cache` or `data:ro`. */
function serviceOf(reference: string): string {
  return reference.split(':')[0] ?? reference
}
