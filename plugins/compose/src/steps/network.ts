import { detailsOf } from '@piko/sdk'
import type { ComposeConfig } from '../config.js'
import { type Network, overrideSlot } from '../contract.js'
import { readSpared, recordBefore } from '../engine/before.js'
import { type Compared, compareWanted, planMissing } from '../engine/missing.js'
import { createNetwork, fetchOwnNetworks, fetchSubnets, removeNetworks } from '../engine/networks.js'
import { ownerOf } from '../labels.js'
import { requireModel } from '../model/require.js'
import { assignedNames, mergeFilled } from '../override/merge.js'
import { defineSiteStep, type SiteContext, type SiteLook } from '../site.js'

/** Creates the environment's networks, so that others can be connected to them before the containers start. */
export const network = defineSiteStep({
  id: 'compose:network',
  title: 'Creating networks',
  undoTitle: 'Removing networks',
  phase: 'start',

  plan: async (context: SiteLook<ComposeConfig>) => planMissing('network', await compare(context)),

  async do(context: SiteContext<ComposeConfig>) {
    const { missing, existing } = await compare(context)
    recordBefore(context, 'network', existing)
    const used = missing.some(needsSubnet) ? await fetchSubnets(context) : []
    for (const wanted of missing) {
      if (needsSubnet(wanted)) await createLeased(context, wanted, used)
      else await createNetwork(context, wanted, { owner: ownerOf(context), subnet: undefined })
    }
    return { networks: [...existing, ...missing.map(({ engineName }) => engineName)] }
  },

  async undo(context) {
    const spared = readSpared(context, 'network')
    const own = await fetchOwnNetworks(context, ownerOf(context))
    await removeNetworks(
      context,
      own.filter(name => !spared.has(name)),
    )
  },
})

function compare(context: SiteLook<ComposeConfig>): Promise<Compared<Network>> {
  const model = requireModel(context)
  const given = assignedNames(mergeFilled(context.collect(overrideSlot, model)), 'networks')
  const wanted = Object.entries(model.networks).flatMap(([key, entry]) =>
    entry.external || given.has(key) ? [] : [entry],
  )
  return compareWanted(context, 'network', wanted)
}

function needsSubnet({ isLeased, ipv4 }: Network): boolean {
  return isLeased && ipv4
}

/** How many subnets may turn out to be in use. */
const ATTEMPTS = 16

/** Creates a network in the next subnet that is free: another program may take one between the question and this. */
async function createLeased(
  context: SiteContext<ComposeConfig>,
  wanted: Network,
  used: readonly string[],
): Promise<void> {
  const avoided = [...used]
  for (let attempt = 1; ; attempt++) {
    const subnet = await context.leaseSubnet(wanted.engineName, avoided)
    try {
      await createNetwork(context, wanted, { owner: ownerOf(context), subnet })
      return
    } catch (error) {
      if (detailsOf(error)?.code !== 'COMPOSE_SUBNET_TAKEN' || attempt === ATTEMPTS) throw error
      avoided.push(subnet)
    }
  }
}
