import { defineStep, detailsOf, type EnvironmentContext, type StepContext } from '@piko/sdk'
import { engineFact, type Model, modelFact, waitsFact } from '@piko/plugin-compose/contract'
import {
  connect,
  type Container,
  disconnect,
  fetchNetworks,
  fetchOwnContainers,
  ownerOf,
  readEngine,
} from '@piko/plugin-compose/contract/engine'
import { isDeepStrictEqual } from 'node:util'
import type { CaddyConfig } from '../config.js'
import { portsFact, portsRun, proxyRun, type Routes, routesFact } from '../contract.js'
import { proxyWarnings } from '../errors/proxy.js'
import { readDigest } from '../proxy/ask.js'
import { fetchProxy, isOurs } from '../proxy/engine.js'
import { type Entry, type EntryService, hostsOf, keyOf, readEntry, writeEntry } from '../routes/files.js'
import { mediaUpstreams, upstreamOf } from '../routes/media.js'
import { rangesOf } from '../proxy/ranges.js'
import { urlOf } from '../routes/url.js'
import { awaitHealth } from '../routes/wait.js'

type Context = StepContext<CaddyConfig>
type Receipt = {
  readonly networks: readonly string[]
  readonly url: string | null
  /** `web:8000`, and why it was chosen. */
  readonly leads: string
}

/**
 * The proxy joins the environment's networks, never the other way round: on a shared network, service names would leak.
 */
export const attach = defineStep<CaddyConfig, Receipt>({
  id: 'caddy:attach',
  title: 'Routing host names',
  undoTitle: 'Removing routes',
  phase: 'route',
  timeLimit: 900,

  async plan(context, receipt) {
    const routes = context.fact(routesFact)
    if (!routes || routes.services.length === 0)
      return receipt.url === null
        ? { action: 'nothing', because: 'no service has a host name' }
        : { action: 'change', because: 'no service has a host name any more' }
    const now = await readEntry(keyOf(context))
    const ports = context.fact(portsFact, { run: portsRun })
    const proxy = await fetchProxy(context)
    if (!now || now.state !== 'up' || receipt.url === null || !ports)
      return { action: 'change', because: 'its names have no route yet' }
    if (proxy?.status !== 'running' || (await readDigest(ports.http)) === undefined)
      return { action: 'change', because: 'the proxy is not running' }
    const isAttached = networksOf(context).every(network => proxy.networks.get(network)?.isLive)
    const isSame = isDeepStrictEqual(await fetchTargets(context, routes), targetsIn(now))
    if (!isAttached || !isSame) return { action: 'change', because: 'its containers have changed' }
    const isKnown = [...hostsOf(now).keys()].every(host =>
      now.networks.every(network => proxy.networks.get(network)?.aliases.includes(host)),
    )
    if (!isKnown) return { action: 'change', because: 'its names have changed' }
    return { action: 'nothing', because: 'its names are routed to its containers' }
  },

  async do(context, before) {
    const routes = context.fact(routesFact)
    const nothing = { networks: [], url: null, leads: '' }
    if (!routes || routes.services.length === 0) {
      await detach(context, before?.networks ?? [])
      return nothing
    }
    const proxy = await ensureProxy(context)
    const ports = context.fact(portsFact, { run: portsRun })
    const entry = await readEntry(keyOf(context))
    if (!proxy || !ports || !entry) return nothing
    const attached = await attachTo(context, { proxy, entry }).catch((error: unknown) =>
      giveUp(context, error),
    )
    if (!attached) return nothing
    await publish(context, { routes, entry: attached })
    if (context.fact(waitsFact) !== false) await awaitHealth(context, ports)
    const [first] = routes.services
    const leads = first ? `${first.service}:${first.port}, ${first.because}` : ''
    return { networks: attached.networks, url: urlOf(routes.host, ports), leads }
  },

  async undo(context, receipt) {
    const key = keyOf(context)
    const entry = await readEntry(key)
    await detach(context, [...new Set([...(receipt?.networks ?? []), ...(entry?.networks ?? [])])])
    if (!entry) return
    const isDown = context.verb === 'down' || context.verb === 'destroy'
    const services = Object.entries(entry.services).map(([name, service]) => {
      return [name, { ...service, upstreams: [], names: [], media: {}, gated: false }] as const
    })
    await writeEntry(context, key, {
      ...entry,
      state: isDown ? 'stopped' : 'starting',
      services: Object.fromEntries(services),
      networks: [],
      ranges: [],
    })
  },

  report: ({ url, leads }) => (url === null ? undefined : `Routed ${url} to ${leads}`),
})

/** The environment also runs without the proxy, so a failure is only a warning. */
async function ensureProxy(context: Context): Promise<Container | undefined> {
  const engine = context.fact(engineFact) ?? (await readEngine())
  try {
    await context.ensure(proxyRun, { input: { engine } })
  } catch (error) {
    return giveUp(context, error)
  }
  const proxy = await fetchProxy(context)
  if (proxy && isOurs(proxy.labels)) return proxy
  context.warn(proxyWarnings.CADDY_ENGINE_OTHER({ environment: context.environment.name }))
  return undefined
}

async function giveUp(context: Context, error: unknown): Promise<undefined> {
  if (context.signal.aborted) throw error
  await detach(context, networksOf(context))
  context.warn(
    proxyWarnings.CADDY_PROXY_FAILED({ details: detailsOf(error), environment: context.environment.name }),
  )
  return undefined
}

async function attachTo(
  context: Context,
  { proxy, entry }: { readonly proxy: Container; readonly entry: Entry },
): Promise<Entry> {
  const there = await fetchNetworks(context, networksOf(context))
  const aliases = [...hostsOf(entry).keys()]
  const networks = there.map(({ name }) => name)
  const attached = { ...entry, networks, ranges: rangesOf(there.flatMap(({ subnets }) => subnets)) }
  // First: from an address that it does not know, the proxy takes a request for one from outside.
  await writeEntry(context, keyOf(context), attached)
  for (const network of networks) await connect(context, { network, container: proxy, aliases })
  await detach(
    context,
    entry.networks.filter(network => !networks.includes(network)),
  )
  return attached
}

/** The environment's own networks that its services use. */
function networksOf(context: Pick<EnvironmentContext<CaddyConfig>, 'fact'>): readonly string[] {
  const model: Model | undefined = context.fact(modelFact)
  const active = Object.values(model?.services ?? {}).filter(service => service.active)
  const used = new Set(active.flatMap(({ networks }) => Object.keys(networks)))
  return Object.entries(model?.networks ?? {}).flatMap(([key, network]) => {
    const isBridge = network.driver === undefined || network.driver === 'bridge'
    return used.has(key) && !network.external && isBridge ? [network.engineName] : []
  })
}

async function detach(context: Context, networks: readonly string[]): Promise<void> {
  if (networks.length === 0) return
  const proxy = await fetchProxy(context)
  if (!proxy || !isOurs(proxy.labels)) return
  for (const network of networks)
    if (proxy.networks.has(network)) await disconnect(context, { network, container: proxy })
}

/** Where a service's requests go. */
type Targets = Pick<EntryService, 'upstreams' | 'names' | 'media'>

/**
 * By id: any container can have a name that leads the proxy astray, on whichever of its networks it resolves first, and
 * addresses change.
 */
async function fetchTargets(
  context: EnvironmentContext<CaddyConfig>,
  { services }: Routes,
): Promise<Readonly<Record<string, Targets>>> {
  const containers = await fetchOwnContainers(context, ownerOf(context))
  const media = mediaUpstreams(containers, context.config)
  return Object.fromEntries(
    services.map(({ service, port }, index): [string, Targets] => {
      const own = containers.filter(container => container.service === service && !container.isOneOff)
      const upstreams = own.map(container => upstreamOf(container, port)).sort()
      const names = own.map(({ name }) => name).sort()
      return [service, { upstreams, names, media: index === 0 ? media : {} }]
    }),
  )
}

function targetsIn({ services }: Entry): Readonly<Record<string, Targets>> {
  return Object.fromEntries(
    Object.entries(services).map(([name, { upstreams, names, media }]) => [
      name,
      { upstreams, names, media },
    ]),
  )
}

/** Routes requests to the containers; those with a health path, once it responds. */
async function publish(
  context: Context,
  { routes, entry }: { readonly routes: Routes; readonly entry: Entry },
): Promise<void> {
  const targets = await fetchTargets(context, routes)
  const services = Object.entries(entry.services).map(([name, service]) => {
    const gated = service.health !== undefined
    return [name, { ...service, gated, ...targets[name] }] as const
  })
  await writeEntry(context, keyOf(context), {
    ...entry,
    state: 'up',
    services: Object.fromEntries(services),
  })
}
