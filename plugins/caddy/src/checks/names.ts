import type { Check } from '@piko/sdk'
import { lookup } from 'node:dns/promises'
import type { CaddyConfig } from '../config.js'

/** Whether programs find the names; browsers and curl take `*.localhost` for this machine by themselves. */
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
        message: `Names below ${domain} do not lead to this machine`,
        hints: [
          `To make them, let a DNS record or a line of /etc/hosts say 127.0.0.1 for each name below ${domain}`,
          'To go without, set `caddy: { domain: localhost }` in .piko.yml',
        ],
      },
    }
  },
}
