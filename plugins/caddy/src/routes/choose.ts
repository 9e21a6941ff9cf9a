import type { Model, Port, Service } from '@piko/plugin-compose/contract'
import type { CaddyConfig } from '../config.js'
import type { Routed } from '../contract.js'
import { routeErrors } from '../errors/routes.js'

export type Chosen = Omit<Routed, 'host'>

/** The usual container ports of web servers, the most likely first. */
const webPorts = [80, 8080, 3000, 8000, 5173, 4200, 5000, 4000, 8888, 8081, 1313, 3001, 9000]

/** Among several candidates, services with these names come first and get the environment's host. */
const webNames = /^(web|www|site|app|frontend|front|proxy|nginx|caddy|ui|client)/

/** The services that get host names, with their ports: from `.piko.yml`, otherwise from labels, otherwise guessed. */
export function chooseServices(model: Model, { services }: Pick<CaddyConfig, 'services'>): readonly Chosen[] {
  if (services) return Object.entries(services).map(([name, settings]) => named(model, { name, settings }))
  const routable = Object.entries(model.services).filter(([, service]) => isRoutable(service))
  const labelled = routable.flatMap(([name, service]) => byLabel(name, service))
  if (labelled.length > 0) return labelled
  return routable.flatMap(([name, service]) => byPort(name, service)).sort((a, b) => rank(a) - rank(b))
}

function named(
  model: Model,
  {
    name,
    settings,
  }: { readonly name: string; readonly settings: NonNullable<CaddyConfig['services']>[string] },
): Chosen {
  const service = model.services[name]
  if (!service) throw routeErrors.CADDY_SERVICE_UNKNOWN({ service: name, known: Object.keys(model.services) })
  if (!isRoutable(service)) throw routeErrors.CADDY_SERVICE_UNREACHABLE({ service: name })
  const port = settings.port ?? labelPort(service) ?? webPort(service) ?? onlyPort(service)
  if (port === undefined) throw routeErrors.CADDY_PORT_UNCLEAR({ service: name })
  return chosen({ service: name, port, health: settings.health, because: 'named in .piko.yml' })
}

/**
 * Labels in the format of the Caddy plugin for Docker, `caddy.reverse_proxy: "{{upstreams 8000}}"`, or `caddy.port:
 * 8000`.
 */
function byLabel(name: string, service: Service): readonly Chosen[] {
  const port = labelPort(service)
  if (port === undefined) return []
  return [
    chosen({ service: name, port, health: service.labels['caddy.health'], because: 'its labels say so' }),
  ]
}

function labelPort({ labels }: Service): number | undefined {
  const value = labels['caddy.port'] ?? /\{\{\s*upstreams\s.*?(\d+)\s*\}\}/.exec(upstreams(labels))?.[1]
  const port = Number(value)
  return Number.isInteger(port) && port > 0 && port < 65_536 ? port : undefined
}

function upstreams(labels: Service['labels']): string {
  return labels['caddy.reverse_proxy'] ?? ''
}

function byPort(name: string, service: Service): readonly Chosen[] {
  const port = webPort(service)
  return port === undefined
    ? []
    : [chosen({ service: name, port, because: `port ${port} is a usual web port` })]
}

function webPort({ ports }: Service): number | undefined {
  const tcp = ports.filter(({ protocol }) => protocol === 'tcp')
  const marked = tcp.find(isMarkedAsWeb)
  return marked?.target ?? webPorts.find(port => tcp.some(({ target }) => target === port))
}

function isMarkedAsWeb({ appProtocol, name }: Port): boolean {
  return appProtocol === 'http' || name === 'http' || name === 'web'
}

function onlyPort({ ports }: Service): number | undefined {
  const targets = new Set(ports.filter(({ protocol }) => protocol === 'tcp').map(({ target }) => target))
  return targets.size === 1 ? [...targets][0] : undefined
}

function isRoutable({ active, provider, networkMode }: Service): boolean {
  return active && provider === undefined && networkMode === undefined
}

function rank({ service, port }: Chosen): number {
  return (webNames.test(service) ? 0 : 100) + webPorts.indexOf(port)
}

function chosen({
  health,
  ...rest
}: Chosen | (Omit<Chosen, 'health'> & { health: string | undefined })): Chosen {
  return { ...rest, ...(health === undefined ? {} : { health }) }
}
