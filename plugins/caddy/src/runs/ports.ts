import { defineRun, defineRunStep } from '@piko/sdk'
import type { CaddyConfig } from '../config.js'
import { type Ports, portsFact, type PortsInput, portsRun } from '../contract.js'
import { proxyErrors } from '../errors/proxy.js'
import { isFree, portTaken } from '../proxy/free-port.js'
import { portPairs } from '../proxy/place.js'

/** Once decided they stay, so that URLs do; until the user wants others, or they turn out not to be had. */
export const decidePorts = defineRunStep<CaddyConfig, PortsInput, Ports>({
  id: 'caddy:ports',
  title: 'Choosing the ports of the proxy',
  undoTitle: 'Releasing the ports of the proxy',

  plan: (context, receipt) =>
    Promise.resolve(
      isGood(receipt, context.input)
        ? { action: 'nothing', because: 'they are chosen' }
        : { action: 'change', because: 'they cannot be had' },
    ),

  async do(context, before) {
    const { input } = context
    if (input.wanted) await requireFree(input.wanted, before)
    const ports = before && isGood(before, input) ? before : (input.wanted ?? (await choose(input)))
    context.publish(portsFact, ports)
    return ports
  },

  /** They are this run's own fact and go with it. */
  async undo() {},
})

export const ports = defineRun<CaddyConfig, PortsInput>({
  ref: portsRun,
  title: 'Choosing the ports of the proxy',
  steps: [decidePorts],
})

function isGood({ http, https }: Ports, { refused = [], wanted }: PortsInput): boolean {
  if (wanted) return wanted.http === http && wanted.https === https
  return !refused.includes(http) && !refused.includes(https)
}

/** Before a running proxy is moved there; those that it has already are its own. */
async function requireFree({ http, https }: Ports, before: Ports | undefined): Promise<void> {
  for (const port of [http, https]) {
    const isOwn = port === before?.http || port === before?.https
    if (!isOwn && !(await isFree(port))) throw portTaken(port)
  }
}

async function choose({ refused = [] }: PortsInput): Promise<Ports> {
  for (const { http, https } of portPairs()) {
    if (refused.includes(http) || refused.includes(https)) continue
    if ((await isFree(http)) && (await isFree(https))) return { http, https }
  }
  throw proxyErrors.CADDY_PORTS_EXHAUSTED()
}
