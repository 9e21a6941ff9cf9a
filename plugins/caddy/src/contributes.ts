import { type Contributions, type EnvironmentContext, fill, variableWord } from '@piko/sdk'
import { overrideSlot } from '@piko/plugin-compose/contract'
import type { CaddyConfig } from './config.js'
import { portsFact, portsRun, routesFact } from './contract.js'
import { isWithoutNames } from './routes/without-names.js'
import { mediaOverride } from './routes/media.js'
import { serviceUrls, urlOf } from './routes/url.js'

/** An environment's names, for its processes, `.env` and `piko list`. */
export const contributes: Contributions<CaddyConfig> = {
  variables(context) {
    const known = urlsIn(context)
    if (!known) return {}
    const services = Object.entries(known.services).map(
      ([service, url]) => [variableOf(service), url] as const,
    )
    return { PIKO_HOST: known.host, PIKO_URL: known.url, ...Object.fromEntries(services) }
  },
  columns(context) {
    const known = urlsIn(context)
    const failed = context.warnings.find(isWithoutNames)
    if (failed) return { URL: `none (see \`piko status ${context.environment.name}\`)` }
    if (known) return { URL: known.url }
    return context.fact(routesFact) ? { URL: 'none (no web service)' } : {}
  },
  services(context) {
    const urls = Object.entries(urlsIn(context)?.services ?? {})
    return Object.fromEntries(urls.map(([service, url]) => [service, { url }]))
  },
  fills: [fill(overrideSlot, mediaOverride)],
}

function urlsIn(context: EnvironmentContext<CaddyConfig>) {
  const routes = context.fact(routesFact)
  const ports = context.fact(portsFact, { run: portsRun })
  if (!routes || !ports || routes.services.length === 0) return undefined
  return { host: routes.host, url: urlOf(routes.host, ports), services: serviceUrls(routes, ports) }
}

function variableOf(service: string): string {
  return `PIKO_${variableWord(service)}_URL`
}
