import type { SiteLook } from '../site.js'
import type { Model, Service } from '../contract.js'
import { fileErrors } from '../errors/files.js'

type Claims = Pick<SiteLook, 'claimedBy'>

/**
 * Throws if a service would answer to a name of piko's: one that starts with `piko-`, the host name of an environment,
 * or a container's id. Docker's DNS would then lead others to it.
 */
export function refuseReservedNames(context: Claims, { services }: Model): void {
  for (const [service, definition] of Object.entries(services)) {
    for (const { what, name } of namesOf(service, definition)) {
      if (isReserved(name) || context.claimedBy(name) !== undefined)
        throw fileErrors.COMPOSE_NAME_RESERVED({ service, what, name })
    }
  }
}

/** Throws if the files name a network or volume as external that piko has on this machine for something else. */
export function refuseClaimedExternals(context: Claims, { networks, volumes }: Model): void {
  for (const [kind, all] of [
    ['network', networks],
    ['volume', volumes],
  ] as const) {
    for (const { external, name } of Object.values(all)) {
      const holder = external ? context.claimedBy(name) : undefined
      if (holder) throw fileErrors.COMPOSE_EXTERNAL_OWNED({ kind, name, holder })
    }
  }
}

/** The names of containers outside the project that a service reaches into. */
export function containersOf(service: Service): readonly string[] {
  const { networkMode, pid, ipc, volumesFrom, externalLinks } = service
  const references = [networkMode ?? '', pid ?? '', ipc ?? '', ...volumesFrom]
  const named = references.filter(reference => reference.startsWith('container:'))
  return [
    ...named.map(reference => reference.split(':')[1] ?? ''),
    ...externalLinks.map(link => link.split(':')[0] ?? ''),
  ]
}

interface Named {
  readonly what: string
  readonly name: string
}

function namesOf(service: string, definition: Service): readonly Named[] {
  const { containerName, hostname, networks, links, externalLinks } = definition
  const aliases = Object.values(networks).flatMap(attachment => attachment.aliases)
  const linked = [...links, ...externalLinks].map(link => link.split(':')[1])
  const all = [
    { what: 'name', names: [service] },
    { what: 'container name', names: [containerName] },
    { what: 'host name', names: [hostname] },
    { what: 'alias', names: aliases },
    { what: 'link', names: linked },
    { what: 'reference', names: containersOf(definition).filter(name => name.startsWith('piko-')) },
  ]
  return all.flatMap(({ what, names }) =>
    names.flatMap(name => (name === undefined ? [] : [{ what, name: name.toLowerCase() }])),
  )
}

function isReserved(name: string): boolean {
  return name.startsWith('piko-') || /^([0-9a-f]{12}|[0-9a-f]{64})$/.test(name.split('.')[0] ?? '')
}
