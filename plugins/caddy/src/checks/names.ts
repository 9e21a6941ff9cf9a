import type { Check } from '@piko/sdk'
import { lookup } from 'node:dns/promises'
import type { CaddyConfig } from '../config.js'

/** Whether programs can resolve the names. Browsers and curl resolve `*.localhost` themselves. */
export const names: Check<CaddyConfig> = {
  id: 'caddy:names',
  title: 'Host names of environments',
  async run({ config: { domain } }) {
    const found = await lookup(`piko.${domain}`).catch(() => undefined)
    if (found) return { ok: true, says: `*.${domain} is ${found.address}` }
    if (domain === 'localhost')
      return { ok: true, says: '*.localhost is known to browsers and curl, not to every program' }
    return {
      ok: false,
      problem: {
        code: 'CADDY_NAMES_UNKNOWN',
        message: `Names below ${domain} do not resolve to this machine`,
        hints: [
          `To fix that, point each name below ${domain} to 127.0.0.1 in DNS or /etc/hosts`,
          'To use localhost, set `caddy: { domain: localhost }` in .piko.yml',
        ],
      },
    }
  },
}
