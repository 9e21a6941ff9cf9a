import { defineRun, defineRunStep } from '@piko/sdk'
import type { CaddyConfig } from '../config.js'
import { type Ports, portsFact, type PortsInput, portsRun } from '../contract.js'
import { proxyErrors } from '../errors/proxy.js'
import { isFree, portTaken } from '../proxy/free-port.js'
import { portPairs } from '../proxy/place.js'

/** Keeps the ports once chosen, so that URLs stay the same, unless the user wants others or they prove unavailable. */
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

  /** The ports are a fact of this run and are removed with it. */
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

/** Checks the ports before a running proxy is moved to them. Its current ports count as free. */
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
