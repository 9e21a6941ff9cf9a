import type { Changing } from '@piko/plugin-compose/contract/engine'
import type { Context } from '@piko/sdk'
import { connect, disconnect, type SharedContainer } from '../engine.js'
import { type Attachment, readAttachments } from '../records.js'

/**
 * Puts each shared container on the networks of the environments that use it, under the names that it has there, and
 * takes it off those of environments that no longer do. Environments never meet on a network: it is the shared container
 * that is on all of theirs (docs/decisions/0014).
 */
export async function attachAll(
  context: Changing & Pick<Context<unknown>, 'read'>,
  containers: readonly SharedContainer[],
): Promise<void> {
  const wanted = readAttachments(context)
  for (const container of containers) {
    const own = wanted.filter(({ service }) => service === container.service)
    for (const network of strayNetworks(container, wanted, own))
      await disconnect(context, { network, container: container.id })
    for (const { network, aliases } of own) {
      const known = container.networks.get(network)
      if (known && aliases.every(alias => known.includes(alias))) continue
      if (known) await disconnect(context, { network, container: container.id })
      await connect(context, { network, container: container.id, aliases })
    }
  }
}

/** Networks that some environment is on with another shared service, and this service no longer is. */
function strayNetworks(
  { networks }: SharedContainer,
  wanted: readonly Attachment[],
  own: readonly Attachment[],
): readonly string[] {
  const known = new Set(wanted.map(({ network }) => network))
  const kept = new Set(own.map(({ network }) => network))
  return [...networks.keys()].filter(network => known.has(network) && !kept.has(network))
}
