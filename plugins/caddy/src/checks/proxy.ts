import type { Check } from '@piko/sdk'
import { existsSync } from 'node:fs'
import type { CaddyConfig } from '../config.js'
import { proxyErrors } from '../errors/proxy.js'
import { isFree, portTaken } from '../proxy/free-port.js'
import { composeFile } from '../proxy/place.js'
import { fetchState } from '../proxy/state.js'
import { lastLines } from '../proxy/wait.js'

/** Checks the container, its port, and that Caddy with piko's configuration responds there. */
export const proxy: Check<CaddyConfig> = {
  id: 'caddy:proxy',
  title: 'The proxy',
  async run(context) {
    const { ports, container, isAnswering } = await fetchState(context)
    if (!ports || (!container && !existsSync(composeFile()))) return { ok: true, says: 'not started yet' }
    if (container?.status !== 'running') {
      const isTaken = !(await isFree(ports.http))
      const problem = isTaken ? portTaken(ports.http).details : proxyErrors.CADDY_PROXY_STOPPED().details
      return { ok: false, problem }
    }
    if (isAnswering) return { ok: true, says: `on 127.0.0.1:${ports.http} and :${ports.https}` }
    return {
      ok: false,
      problem: proxyErrors.CADDY_PROXY_SILENT({ port: ports.http, lines: await lastLines(context) }).details,
    }
  },
}
