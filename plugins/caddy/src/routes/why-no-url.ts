import { modelFact } from '@piko/plugin-compose/contract'
import { requireService } from '@piko/plugin-compose/contract/engine'
import { detailsOf, type Environment, type Failure, type Host } from '@piko/sdk'
import { routeErrors } from '../errors/routes.js'
import { isWithoutNames } from './without-names.js'

export interface Wanted {
  readonly environment: Environment
  readonly service: string | undefined
}

/** The error for an environment or service with neither a host name nor a port that a browser could open. */
export async function whyNoUrl(host: Host, { environment, service }: Wanted): Promise<Failure> {
  const { name } = environment
  const model = (await host.open('compose', environment)).fact(modelFact)
  if (!model)
    return routeErrors.CADDY_ROUTE_ABSENT({
      environment: name,
      service,
      because: 'its Compose files have not been read yet',
      hints: [],
    })
  const ports = service === undefined ? [] : (model.services[requireService(model, service)]?.ports ?? [])
  const noPort =
    service === undefined
      ? 'no service publishes a usual web port'
      : ports.some(({ protocol }) => protocol === 'tcp')
        ? `no host port of ${service} is known`
        : `${service} publishes no port`
  const noName = await whyNoName(host, environment)
  return routeErrors.CADDY_ROUTE_ABSENT({
    environment: name,
    service,
    because: `${noPort}; ${noName.because}`,
    hints: noName.hints,
  })
}

/** There are no host names: the plugin is inactive, or no service got one. */
async function whyNoName(host: Host, environment: Environment) {
  try {
    const { warnings } = await host.open('caddy', environment)
    const failed = warnings.find(isWithoutNames)
    if (failed) return { because: failed.message, hints: failed.hints ?? [] }
    return { because: 'no service has a host name', hints: [] }
  } catch (error) {
    const details = detailsOf(error)
    if (details?.code !== 'PLUGIN_OFF') throw error
    return { because: details.message, hints: details.hints?.slice(-1) ?? [] }
  }
}
