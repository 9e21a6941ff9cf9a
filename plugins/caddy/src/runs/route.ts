import { defineRun, defineRunStep, type RunStepContext } from '@piko/sdk'
import {
  connect,
  disconnect,
  fetchContainer,
  fetchNetworks,
  onEngine,
} from '@piko/plugin-compose/contract/engine'
import type { CaddyConfig } from '../config.js'
import { proxyRun, type RouteInput, routeRun } from '../contract.js'
import { proxyErrors } from '../errors/proxy.js'
import { fetchProxy, isOurs } from '../proxy/engine.js'
import { rangesOf } from '../proxy/ranges.js'
import { upstreamOf } from '../routes/media.js'
import { type Entry, keyOfStage, readEntry, removeEntry, writeEntry } from '../routes/files.js'

type Context = RunStepContext<CaddyConfig, RouteInput>
type Receipt = { readonly networks: readonly string[] }

const routeHosts = defineRunStep<CaddyConfig, RouteInput, Receipt>({
  id: 'caddy:route',
  title: 'Routing host names',
  undoTitle: 'Removing routes',

  async do(context) {
    const { engine, networks } = context.input
    await context.ensure(proxyRun, { input: { engine, image: context.config.image } })
    await writeEntry(context, keyOfStage(context.input), await entryOf(context))
    return { networks: [...networks] }
  },

  async undo(context, receipt) {
    const key = keyOfStage(context.input)
    const entry = await readEntry(key)
    const here = onEngine(context, context.input.engine)
    const proxy = await fetchProxy(here)
    for (const network of new Set([...(receipt?.networks ?? []), ...(entry?.networks ?? [])]))
      if (proxy && isOurs(proxy.labels) && proxy.networks.has(network))
        await disconnect(here, { network, container: proxy })
    await removeEntry(context, key, [])
  },
})

/** Host names that lead to the containers of a stage. */
export const route = defineRun<CaddyConfig, RouteInput>({
  ref: routeRun,
  title: 'Routing host names',
  steps: [routeHosts],
})

/** Connects the proxy first: a route without a way to its container would answer with an error. */
async function entryOf(context: Context): Promise<Entry> {
  const { project, root, name, host, targets, engine, networks } = context.input
  const here = onEngine(context, engine)
  const proxy = await fetchProxy(here)
  if (!proxy || !isOurs(proxy.labels)) throw proxyErrors.CADDY_PROXY_STOPPED()
  const there = await fetchNetworks(here, networks)
  // The targets' names come and go, and every change of names would reconnect the proxy.
  for (const { name: network } of there) await connect(here, { network, container: proxy, aliases: [host] })
  const services = await Promise.all(
    targets.map(async ({ service, container, port, ...target }) => {
      const found = await fetchContainer(here, container)
      const upstreams = found ? [upstreamOf(found, port)] : []
      return [service, { ...target, port, upstreams, names: [container], gated: false, media: {} }] as const
    }),
  )
  return {
    project,
    environment: name,
    branch: '',
    root,
    path: root,
    state: 'up',
    host: targets[0]?.host ?? host,
    services: Object.fromEntries(services),
    networks: there.map(network => network.name),
    ranges: rangesOf(there.flatMap(({ subnets }) => subnets)),
  }
}
