import type { Changes, Environment, Project } from '@piko/sdk'
import type { Routes } from '../contract.js'
import type { Chosen } from './choose.js'

interface Claiming extends Pick<Changes, 'claimName'> {
  readonly project: Project
  readonly environment: Environment
  readonly config: { readonly domain: string }
}

/**
 * Claims the host names of an environment: `feature.localhost` and `web.feature.localhost` or, if another project has
 * the first, `feature.shop.localhost`. They never change; `destroy` releases them.
 */
export function claimHosts(context: Claiming, services: readonly Chosen[]): Routes {
  const { project, environment, config } = context
  const host = claimFirst(context, [
    `${environment.name}.${config.domain}`,
    `${environment.name}.${project.name}.${config.domain}`,
    `${environment.name}--${project.name}.${config.domain}`,
  ])
  return {
    host,
    services: services.map(chosen => ({ ...chosen, host: serviceHost(context, { host, ...chosen }) })),
  }
}

function serviceHost(
  context: Claiming,
  { host, service }: { readonly host: string; readonly service: string },
): string {
  const label = labelOf(service)
  return claimFirst(context, [`${label}.${host}`, `${label}--${host}`])
}

function claimFirst({ claimName }: Pick<Changes, 'claimName'>, candidates: readonly string[]): string {
  const free = candidates.find(host => claimName('host', host) === host)
  return free ?? candidates.at(-1) ?? ''
}

/** `my_service` is not a valid label of a host name. */
function labelOf(service: string): string {
  return service.toLowerCase().replaceAll(/[^a-z0-9-]/g, '-')
}
