import { isIP } from 'node:net'
import { fileErrors } from '../errors/files.js'
import type { RawProject } from '../model/raw.js'

const protocols: ReadonlySet<string> = new Set(['tcp', 'udp', 'sctp'])

/**
 * The error for a malformed mapping (`127.0.0.1:8080:80/tcp`), which Compose rejects without naming the service.
 * Undefined if it is valid or contains a variable.
 */
export function findMalformed(
  text: string,
  facts: { readonly files: readonly string[]; readonly service: string },
) {
  if (text.includes('$')) return undefined
  const refused = (why: string) => fileErrors.COMPOSE_PORT_MALFORMED({ ...facts, port: text, why })
  const [mapping = '', protocol = 'tcp', ...tooMuch] = text.split('/')
  if (tooMuch.length > 0 || !protocols.has(protocol.toLowerCase()))
    return refused(`${protocol} is not a protocol`)
  const match = /^(?:(?:(\[.*\]|[^:]*):)?([^:]*):)?([^:]+)$/.exec(mapping)
  if (!match) return refused('a mapping is [ADDRESS:][HOST PORT:]CONTAINER PORT')
  const [, address = '', host = '', container = ''] = match
  if (address !== '' && isIP(address.replaceAll(/[[\]]/g, '')) === 0)
    return refused(`${address} is not an address`)
  const [inner, outer] = [rangeOf(container, 1), rangeOf(host === '' ? '0' : host, 0)]
  if (!inner) return refused(`${container} is not a port from 1 to 65535`)
  if (!outer) return refused(`${host} is not a port from 0 to 65535`)
  const isEqual = host === '' || inner === outer || inner === 1
  return isEqual ? undefined : fileErrors.COMPOSE_RANGE_UNEQUAL({ ...facts, port: text })
}

/** Throws for values in a port's long form that Compose accepts and Docker rejects at `up`. */
export function requireSoundPorts({ services }: RawProject, files: readonly string[]): void {
  for (const [service, { ports }] of Object.entries(services)) {
    for (const { target, published = '', protocol = 'tcp' } of ports ?? []) {
      const port = `${published}:${target}/${protocol}`
      const refuse = (why: string) => fileErrors.COMPOSE_PORT_MALFORMED({ files, service, port, why })
      if (!protocols.has(protocol)) throw refuse(`${protocol} is not a protocol`)
      if (published !== '' && !rangeOf(published, 0))
        throw refuse(`${published} is not a port from 0 to 65535`)
    }
  }
}

/** The number of ports in `3000-3005` or `80`; undefined if it is not a port. */
function rangeOf(text: string, lowest: number): number | undefined {
  const match = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text)
  if (!match) return undefined
  const first = Number(match[1])
  const last = Number(match[2] ?? first)
  return first >= lowest && first <= last && last <= 65_535 ? last - first + 1 : undefined
}
