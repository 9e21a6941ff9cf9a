import { detailsOf } from '@piko/sdk'
import * as z from 'zod'
import type { Network } from '../contract.js'
import { type Changing, type Looking, runDocker } from '../docker.js'
import { engineErrors } from '../errors/engine.js'
import { isOwned, labelsOf, ownedBy, type Owner } from '../labels.js'
import { overlaps } from '../model/subnets.js'
import { bridgeName } from '../override/networks.js'
import { askEngine, askForEach, type Question } from './api.js'
import { fetchLabelled } from './containers.js'
import { pairs } from './volumes.js'

const inspected = z
  .object({
    Name: z.string(),
    Labels: z.record(z.string(), z.string()).nullish(),
    IPAM: z.object({ Config: z.array(z.object({ Subnet: z.string().optional() })).nullish() }).nullish(),
    Containers: z.record(z.string(), z.object({ Name: z.string() })).nullish(),
  })
  .transform(({ Name, Labels, IPAM, Containers }) => ({
    name: Name,
    labels: Labels ?? {},
    subnets: (IPAM?.Config ?? []).flatMap(({ Subnet }) => Subnet ?? []),
    containers: Object.entries(Containers ?? {}).map(([id, { Name: name }]) => ({ id, name })),
  }))

/** The given networks that exist. */
export function fetchNetworks(context: Looking, names: readonly string[]) {
  const paths = names.map(name => `/networks/${encodeURIComponent(name)}`)
  return askForEach(context, inspected, paths)
}

export async function fetchOwnNetworks(context: Looking, owner: Owner): Promise<readonly string[]> {
  const found = await listNetworks(context, { label: ownedBy(owner) })
  return found.filter(({ labels }) => isOwned(labels, owner)).map(({ name }) => name)
}

/** Every subnet in use on the engine, which may not be on this machine. */
export async function fetchSubnets(context: Looking): Promise<readonly string[]> {
  return (await listNetworks(context)).flatMap(({ subnets }) => subnets)
}

/** Lists networks. A list does not include the attached containers. */
async function listNetworks(context: Looking, filters: Question['filters'] = {}) {
  return (await askEngine(context, z.array(inspected), { path: '/networks', filters })) ?? []
}

/** Creates a network with the options in the Compose file. `subnet` is undefined if piko leases none. */
export async function createNetwork(
  context: Changing,
  network: Network,
  made: { readonly owner: Owner; readonly subnet: string | undefined },
): Promise<void> {
  const { [bridgeName]: _, ...options } = network.options
  const args = [
    ...(network.driver === undefined ? [] : ['--driver', network.driver]),
    ...(made.subnet === undefined ? [] : ['--subnet', made.subnet]),
    ...(network.isLeased ? [] : addressing(network)),
    ...(network.ipv4 ? [] : ['--ipv4=false']),
    ...(network.internal ? ['--internal'] : []),
    ...(network.attachable ? ['--attachable'] : []),
    ...(network.ipv6 ? ['--ipv6'] : []),
    ...pairs('--opt', options),
    ...pairs('--label', { ...network.labels, ...labelsOf(made.owner) }),
  ]
  try {
    await runDocker(context, ['network', 'create', ...args, network.engineName])
  } catch (cause) {
    throw await explain(context, { name: network.engineName, subnet: made.subnet, cause })
  }
}

/** The addresses, as in the file, of a network that is part of an outside one. */
function addressing({ ipam, ranges }: Network): readonly string[] {
  const flag = (name: string, value: string | undefined) => (value === undefined ? [] : [name, value])
  return [
    ...flag('--ipam-driver', ipam.driver),
    ...pairs('--ipam-opt', ipam.options),
    ...ranges.flatMap(({ subnet, gateway, range, reserved }) => [
      ...flag('--subnet', subnet),
      ...flag('--gateway', gateway),
      ...flag('--ip-range', range),
      ...pairs('--aux-address', reserved),
    ]),
  ]
}

/** Disconnects piko's remaining containers, then removes the networks. */
export async function removeNetworks(context: Changing, names: readonly string[]): Promise<void> {
  const removals = await Promise.allSettled(names.map(name => removeNetwork(context, name)))
  for (const removal of removals) if (removal.status === 'rejected') throw removal.reason
}

async function removeNetwork(context: Changing, name: string): Promise<void> {
  const [network] = await fetchNetworks(context, [name])
  if (!network) return
  for (const { id } of await pikoContainers(context, network.containers)) {
    await runDocker(context, ['network', 'disconnect', '-f', name, id])
  }
  try {
    await runDocker(context, ['network', 'rm', name])
  } catch (cause) {
    const [left] = await fetchNetworks(context, [name])
    if (!left || left.containers.length === 0) throw cause
    throw engineErrors.COMPOSE_NETWORK_IN_USE({
      name,
      containers: left.containers.map(container => container.name),
      cause,
    })
  }
}

/** The containers that belong to piko: environments', shared ones and the proxy. */
async function pikoContainers<Container extends { readonly id: string }>(
  context: Looking,
  containers: readonly Container[],
) {
  if (containers.length === 0) return []
  const ids = new Set(await fetchLabelled(context, ['dev.piko.project']))
  return containers.filter(({ id }) => ids.has(id))
}

/** Finds the network that uses these addresses. Uses the engine's message only if there is none. */
async function explain(
  context: Looking,
  failed: { readonly name: string; readonly subnet: string | undefined; readonly cause: unknown },
): Promise<unknown> {
  const { name, subnet, cause } = failed
  if (subnet !== undefined) {
    const others = await listNetworks(context)
    const holder = others.find(other => other.subnets.some(taken => overlaps(taken, subnet)))
    if (holder)
      return engineErrors.COMPOSE_SUBNET_TAKEN({ network: name, subnet, holder: holder.name, cause })
  }
  if (subnet !== undefined && isOverlap(cause))
    return engineErrors.COMPOSE_SUBNET_TAKEN({ network: name, subnet, cause })
  const output = detailsOf(cause)?.details?.join('\n') ?? ''
  const isExhausted =
    /non-overlapping IPv4 address pool|predefined address pools have been fully subnetted/.test(output)
  return isExhausted ? engineErrors.COMPOSE_POOLS_EXHAUSTED({ network: name, cause }) : cause
}

/** Docker's words for a subnet that overlaps one it does not list, such as that of a network being created. */
function isOverlap(cause: unknown): boolean {
  return /Pool overlaps with other one on this address space/.test(
    detailsOf(cause)?.details?.join('\n') ?? '',
  )
}
