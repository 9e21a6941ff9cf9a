import { type Change, type Override, reset } from '../contract.js'
import { type Rule, servicesPart } from './rule.js'

/** A fixed container name can exist only once per engine, so it becomes an alias on the service's networks. */
export const containerNames: Rule = {
  changes:
    '`container_name:` is removed: the container is `piko-PROJECT-NAME-SERVICE-1`, and the old name an alias of the service on its networks',
  because: 'a container name can be used once per engine; what calls the service by it still works',
  see: '`piko ps NAME`',
  apply({ project, services }) {
    const overrides: Record<string, Override> = {}
    const changes: Change[] = []
    for (const [service, { containerName, engineName, networks, replicas }] of Object.entries(services)) {
      // Compose would give two environments the same name: `a` with service `b-c`, and `a-b` with service `c`.
      const isRenamed = engineName !== `${project}-${service}` && replicas <= 1
      const wanted = `${engineName}-1`
      if (containerName === undefined && !isRenamed) continue
      const aliases = containerName === undefined ? {} : aliasesOn(networks, containerName)
      overrides[service] = { container_name: isRenamed ? wanted : reset(), ...aliases }
      changes.push({
        service,
        what: 'container name',
        from: containerName ?? `${project}-${service}-1`,
        to: wanted,
        because: 'a container name can be used once per engine; the old one stays as an alias',
      })
    }
    return servicesPart(overrides, changes)
  },
}

function aliasesOn(networks: Readonly<Record<string, unknown>>, alias: string): Override {
  const entries = Object.keys(networks).map(network => [network, { aliases: [alias] }] as const)
  return entries.length === 0 ? {} : { networks: Object.fromEntries(entries) }
}
