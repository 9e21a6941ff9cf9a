import type { Check } from '@piko/sdk'
import type { CaddyConfig } from '../config.js'
import { routeErrors } from '../errors/routes.js'
import { fetchState } from '../proxy/state.js'
import { isGood, probeRoutes } from '../routes/probe.js'

/** Checks that each name of a running environment gets a response. */
export const routes: Check<CaddyConfig> = {
  id: 'caddy:routes',
  title: 'Routes of the proxy',
  async run(context) {
    const { ports, isAnswering } = await fetchState(context)
    if (!ports || !isAnswering) return { ok: true, says: 'none, without the proxy' }
    const probed = await probeRoutes(context, ports)
    const broken = probed.filter(route => !isGood(route))
    if (broken.length === 0) return { ok: true, says: `${probed.length} that answer` }
    return {
      ok: false,
      problem: routeErrors.CADDY_ROUTE_BROKEN({ problems: broken.map(({ url, says }) => `${url} (${says})`) })
        .details,
    }
  },
}
