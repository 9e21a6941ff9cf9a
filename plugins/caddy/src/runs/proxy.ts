import { defineRun, defineRunStep, type RunStepContext } from '@piko/sdk'
import { fetchImageId, fetchNetworks, fetchSubnets, runDocker } from '@piko/plugin-compose/contract/engine'
import type { CaddyConfig } from '../config.js'
import { type Ports, portsFact, portsRun, type ProxyInput, proxyRun } from '../contract.js'
import { proxyErrors } from '../errors/proxy.js'
import { readDigest } from '../proxy/ask.js'
import { digestLabel, fetchProxy, isOurs, runProxyCompose } from '../proxy/engine.js'
import { isFree, portTaken } from '../proxy/free-port.js'
import { proxyNetwork, proxyProject } from '../proxy/place.js'
import { digestOf, removeSite, writeSite } from '../proxy/site.js'
import { awaitProxy } from '../proxy/wait.js'
import { attachAll } from '../routes/attach-all.js'

type Context = RunStepContext<CaddyConfig, ProxyInput>

/** A run about the machine has no engine, so its input names one. */
function onRequestedEngine<Given extends { readonly input: ProxyInput }>(context: Given) {
  return { ...context, engine: context.input.engine }
}

const usualImage = 'caddy:2'

type Receipt = {
  readonly ports: Ports
  readonly image: string
  /** The image that the user chose. */
  readonly chosen?: string
  readonly subnet: string
}

export const runProxy = defineRunStep<CaddyConfig, ProxyInput, Receipt>({
  id: 'caddy:proxy',
  title: 'Starting the proxy',
  undoTitle: 'Stopping the proxy',

  async plan(given, receipt) {
    const context = onRequestedEngine(given)
    const ports = given.fact(portsFact, { run: portsRun })
    const proxy = await fetchProxy(context)
    if (proxy?.status !== 'running') return { action: 'change', because: 'it is not running' }
    if (ports?.http !== receipt.ports.http || ports.https !== receipt.ports.https)
      return { action: 'change', because: 'it has other ports' }
    if (given.input.image !== undefined && given.input.image !== receipt.image)
      return { action: 'change', because: 'it has another image' }
    const digest = await digestOf(receipt)
    if (proxy.labels[digestLabel] !== digest)
      return { action: 'change', because: 'it was started by another version of piko' }
    if ((await readDigest(ports.http, given.signal)) !== digest)
      return { action: 'change', because: 'it does not answer' }
    return { action: 'nothing', because: 'it is running' }
  },

  async do(given, before) {
    const context = onRequestedEngine(given)
    const proxy = await fetchProxy(context)
    if (proxy && !isOurs(proxy.labels)) throw proxyErrors.CADDY_PROXY_FOREIGN({ name: proxy.name })
    const chosen = given.input.image ?? before?.chosen
    const image = chosen ?? usualImage
    await requireImage(context, image)
    const isRunning = proxy?.status === 'running'
    const started = await startSomewhere(context, { image, isRunning, isFirst: before === undefined })
    await attachAll(context)
    return { ...started, image, ...(chosen === undefined ? {} : { chosen }) }
  },

  /** Keeps the volume with the certificate authority: this machine may trust it. */
  async undo(given) {
    const context = onRequestedEngine(given)
    const [network] = await fetchNetworks(context, [proxyNetwork()])
    const owners = [(await fetchProxy(context))?.labels, network?.labels].filter(
      labels => labels !== undefined,
    )
    if (owners.length > 0 && owners.every(isOurs))
      await runDocker(context, ['compose', '-p', proxyProject(), 'down'])
    await removeSite(context)
  },
})

export const proxy = defineRun<CaddyConfig, ProxyInput>({
  ref: proxyRun,
  title: 'The proxy of this machine',
  steps: [runProxy],
})

async function requireImage(context: Context, image: string): Promise<void> {
  if ((await fetchImageId(context, image)) !== undefined) return
  context.progress(`Pulling ${image}`)
  try {
    await runDocker(context, ['pull', image])
  } catch (cause) {
    if (context.signal.aborted) throw cause
    throw proxyErrors.CADDY_IMAGE_MISSING({ image, cause })
  }
}

async function leaseSubnet(context: Context): Promise<string> {
  const [own] = await fetchNetworks(context, [proxyNetwork()])
  return context.leaseSubnet(proxyNetwork(), own ? [] : await fetchSubnets(context))
}

interface Starting {
  readonly image: string
  readonly isRunning: boolean
  /** Nothing uses the ports yet, so others can be chosen. */
  readonly isFirst: boolean
}

/** Starts the proxy on the chosen ports and in its subnet, or in the next ones if those have been taken. */
async function startSomewhere(
  context: Context,
  starting: Starting,
): Promise<{ readonly ports: Ports; readonly subnet: string }> {
  const refused: number[] = []
  let subnet = await leaseSubnet(context)
  for (;;) {
    await context.ensure(portsRun, { input: { refused } })
    const ports = requirePorts(context)
    let blocked = starting.isRunning ? undefined : await findTaken(ports)
    if (blocked === undefined) {
      const failed = await start(context, { ...starting, ports, subnet })
      if (!failed) return { ports, subnet }
      context.signal.throwIfAborted()
      const next = await leaseSubnet(context)
      blocked = next === subnet ? await findRefused(ports) : undefined
      if (blocked === undefined && next === subnet) throw failed.cause
      subnet = next
    }
    if (blocked === undefined) continue
    if (!starting.isFirst) throw portTaken(blocked)
    refused.push(ports.http, ports.https)
  }
}

/** The failure, if Compose could not start it. */
async function start(
  context: Context,
  { image, subnet, isRunning, ports }: Starting & { readonly ports: Ports; readonly subnet: string },
): Promise<{ readonly cause: unknown } | undefined> {
  const site = { ports, image, subnet }
  await writeSite(context, site)
  // Recreates even if Compose sees no change: its networks or the mounted folder may have been removed.
  const isSound = isRunning && (await readDigest(ports.http)) !== undefined
  try {
    await runProxyCompose(context, ['up', '-d', ...(isSound ? [] : ['--force-recreate'])])
  } catch (cause) {
    return { cause }
  }
  await awaitProxy(context, { port: ports.http, digest: await digestOf(site) })
  return undefined
}

async function findTaken({ http, https }: Ports): Promise<number | undefined> {
  for (const port of [http, https]) if (!(await isFree(port))) return port
  return undefined
}

/** A port that was taken meanwhile, or a privileged one that the engine probably may not use either. */
async function findRefused(ports: Ports): Promise<number | undefined> {
  return (await findTaken(ports)) ?? (ports.http < 1024 ? ports.http : undefined)
}

function requirePorts(context: Context): Ports {
  const ports = context.fact(portsFact, { run: portsRun })
  if (!ports) throw new Error('the ports of the proxy have not been published')
  return ports
}
