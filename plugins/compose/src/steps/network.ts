import type { ComposeConfig } from '../config.js'
import { type Network, overrideSlot } from '../contract.js'
import { readSpared, recordBefore } from '../engine/before.js'
import { objectForeign } from '../engine/errors.js'
import {
  createNetwork,
  fetchNetworks,
  fetchOwnNetworks,
  fetchSubnets,
  removeNetwork,
} from '../engine/networks.js'
import { isOwned, ownerOf } from '../labels.js'
import { requireModel } from '../model/require.js'
import { mergeFilled, namesGiven } from '../override/merge.js'
import { defineSiteStep, type SiteContext, type SiteLook } from '../site.js'

/** Makes the environment's networks, so that others can be attached to them before the containers start. */
export const network = defineSiteStep({
  id: 'compose:network',
  title: 'Creating networks',
  undoTitle: 'Removing networks',
  phase: 'start',

  async plan(context: SiteLook<ComposeConfig>) {
    const { missing } = await compare(context)
    if (missing.length === 0) return { action: 'nothing', because: 'every network exists' }
    return {
      action: 'change',
      because: `missing: ${missing.map(({ engineName }) => engineName).join(', ')}`,
    }
  },

  async do(context: SiteContext<ComposeConfig>) {
    const owner = ownerOf(context)
    const { missing, there } = await compare(context)
    recordBefore(context, 'network', there)
    const used = missing.some(needsSubnet) ? await fetchSubnets(context) : []
    for (const wanted of missing) {
      const subnet = needsSubnet(wanted) ? await context.leaseSubnet(wanted.engineName, used) : undefined
      await createNetwork(context, wanted, { owner, subnet })
    }
    return { networks: [...there, ...missing.map(({ engineName }) => engineName)] }
  },

  async undo(context) {
    const spared = readSpared(context, 'network')
    const own = await fetchOwnNetworks(context, ownerOf(context))
    for (const name of own) if (!spared.has(name)) await removeNetwork(context, name)
  },
})

async function compare(context: SiteLook<ComposeConfig>) {
  const owner = ownerOf(context)
  const model = requireModel(context)
  const given = namesGiven(mergeFilled(context.collect(overrideSlot, model)), 'networks')
  const wanted = Object.entries(model.networks).flatMap(([key, entry]) =>
    entry.external || given.has(key) ? [] : [entry],
  )
  const found = await fetchNetworks(
    context,
    wanted.map(({ engineName }) => engineName),
  )
  const foreign = found.find(({ labels }) => !isOwned(labels, owner))
  if (foreign) throw objectForeign('network', { name: foreign.name, environment: owner.environment })
  const there = found.map(({ name }) => name)
  return { there, missing: wanted.filter(({ engineName }) => !there.includes(engineName)) }
}

function needsSubnet({ isLeased, ipv4 }: Network): boolean {
  return isLeased && ipv4
}
