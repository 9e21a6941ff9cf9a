import { variableWord } from '@piko/sdk'
import type { Model, Pointer, Port, Service } from '../contract.js'
import type { RawService } from '../model/raw.js'
import { findHostPorts, type HostPort, withPorts } from './host-ports.js'

/** The parts of a service's definition that its process or a browser reads. */
type Definition = Pick<RawService, 'environment' | 'build' | 'command' | 'entrypoint' | 'labels' | 'expose'>

export interface PointerRequest {
  readonly service: string
  readonly raw: Definition
  readonly services: Model['services']
}

/**
 * The values of a service that name a host port published by the files: in every environment they lead to the main
 * checkout's containers. A port that the service itself listens on counts only in a URL, which may be for browsers.
 */
export function findPointers(request: PointerRequest): readonly Pointer[] {
  const ownPort = ownPorts(request)
  const published = publishedPorts(request.services)
  return values(request.raw).flatMap(({ value: escaped, ...origin }) => {
    const value = escaped.replaceAll('$$', '$') // `docker compose config` doubles each `$`
    const places = findHostPorts(value).flatMap(place => {
      const target = published.get(place.port)
      if (target === undefined) return []
      const isOwn = place.isLoopback && ownPort.has(place.port)
      return isOwn && !mayBeForBrowsers(origin, value.slice(0, place.start))
        ? []
        : [{ ...place, target, isOwn }]
    })
    if (places.length === 0) return []
    const own = places.every(({ isOwn }) => isOwn) ? ({ isOwn: true } as const) : {}
    return [{ ...origin, value, ...templates(value, places), ...own }]
  })
}

/** `before` is the text before the port. Commands, and addresses to listen on, are for the container only. */
function mayBeForBrowsers({ in: kind }: Pick<Pointer, 'in'>, before: string): boolean {
  const isUrl = /https?:\/\/(?:[^\s/@]*@)?(?:localhost|127\.0\.0\.1|\[::1\]):$/i.test(before)
  return isUrl && kind !== 'command' && kind !== 'entrypoint'
}

interface Value extends Pick<Pointer, 'in' | 'name'> {
  readonly value: string
}

function values({ environment, build, command, entrypoint, labels }: Definition): readonly Value[] {
  const named = (kind: Pointer['in'], entries: Readonly<Record<string, string>> | null | undefined) =>
    Object.entries(entries ?? {}).map(([name, value]) => ({ in: kind, name, value }))
  const words = (kind: 'command' | 'entrypoint', list: readonly string[]) =>
    list.map(value => ({ in: kind, name: kind, value }))
  return [
    ...named('environment', environment),
    ...named('build argument', build?.args),
    ...words('entrypoint', entrypoint ?? []),
    ...words('command', command ?? []),
    ...named('label', labels),
  ]
}

interface Target {
  readonly service: string
  readonly port: Port
  /** Whether it is the only port that the service publishes. */
  readonly isOnly: boolean
}

/** Published ports by host port, without those that the files already take from a variable of the environment. */
function publishedPorts(services: Model['services']): ReadonlyMap<number, Target> {
  const targets = Object.entries(services).flatMap(([service, { ports }]) =>
    ports.flatMap(port =>
      numbersOf(port).map(number => [number, { service, port, isOnly: ports.length === 1 }] as const),
    ),
  )
  return new Map([...targets].reverse()) // if two services have the same port, the first counts
}

function numbersOf({ published = '', assigned }: Port): readonly number[] {
  const [, first, last = first] = /^(\d+)(?:-(\d+))?$/.exec(published) ?? []
  if (first === undefined || Number(published) === assigned || Number(first) === 0) return []
  return Array.from({ length: Number(last) - Number(first) + 1 }, (_, index) => Number(first) + index)
}

/** The ports that the service listens on, in its own definition or that of the service whose network it shares. */
function ownPorts({ service, raw, services }: PointerRequest): ReadonlySet<number> {
  const host = /^service:(.+)$/.exec(services[service]?.networkMode ?? '')?.[1] ?? service
  const targets = [service, host].flatMap(name => services[name]?.ports ?? []).map(({ target }) => target)
  return new Set([...targets, ...(raw.expose ?? []).map(port => Number.parseInt(port, 10))])
}

function templates(value: string, places: readonly (HostPort & { readonly target: Target })[]) {
  const fill = (text: (target: Target) => string) => {
    const filled = places.map(place => ({ ...place, replacement: text(place.target) }))
    return withPorts(value, filled, part => part.replaceAll('$', '$$$$'))
  }
  return {
    services: [...new Set(places.map(({ target }) => target.service))],
    template: fill(({ service, port, isOnly }) => `\${port.${service}${isOnly ? '' : `.${port.target}`}}`),
    written: fill(({ service, port }) => {
      return `\${PIKO_${variableWord(service)}_PORT_${port.target}:-${port.published ?? ''}}`
    }),
  }
}

/** The `env:` value that replaces this one and leads elsewhere. Only variables and build arguments have a name. */
export function ownValue(
  { in: kind, name, isOwn }: Pointer,
  {
    variables,
    services,
  }: {
    readonly variables: Readonly<Record<string, string>>
    readonly services: Readonly<Record<string, Service>>
  },
): string | undefined {
  if (kind !== 'environment' && kind !== 'build argument') return undefined
  const value = name.startsWith('PIKO_') ? undefined : variables[name]
  if (isOwn) return value // any value is the user's decision
  const published = publishedPorts(services)
  const stillPoints = findHostPorts(value ?? '').some(({ port }) => published.has(port))
  return stillPoints ? undefined : value
}
