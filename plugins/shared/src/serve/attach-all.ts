import { type Changing, connect, type Container, disconnect } from '@piko/plugin-compose/contract/engine'
import type { Context } from '@piko/sdk'
import { type Attachment, readAttachments } from '../records.js'

/**
 * Puts each shared container on the networks of the environments that use it, under the names that it has there, and
 * takes it off those of environments that no longer do. Environments never meet on a network: it is the shared container
 * that is on all of theirs (docs/decisions/0014).
 */
export async function attachAll(
  context: Changing & Pick<Context<unknown>, 'read'>,
  containers: readonly Container[],
): Promise<void> {
  const wanted = readAttachments(context)
  for (const container of containers) {
    const own = wanted.filter(({ service }) => service === container.service)
    for (const network of strayNetworks(container, wanted, own))
      await disconnect(context, { network, container })
    for (const { network, aliases } of own) await connect(context, { network, container, aliases })
  }
}

/** Networks that some environment is on with another shared service, and this service no longer is. */
function strayNetworks(
  { networks }: Container,
  wanted: readonly Attachment[],
  own: readonly Attachment[],
): readonly string[] {
  const known = new Set(wanted.map(({ network }) => network))
  const kept = new Set(own.map(({ network }) => network))
  return [...networks.keys()].filter(network => known.has(network) && !kept.has(network))
}
