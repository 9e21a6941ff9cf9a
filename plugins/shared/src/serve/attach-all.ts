import { type Changing, connect, type Container, disconnect } from '@piko/plugin-compose/contract/engine'
import type { Context } from '@piko/sdk'
import { type Attachment, readAttachments } from '../records.js'

/**
 * Attaches each shared container to the networks of the environments that use it, under its names there, and detaches
 * it from those of environments that no longer do. Environments never share a network: the shared container joins each
 * of theirs (docs/decisions/0014).
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

/** Networks of environments that use other shared services but no longer this one. */
function strayNetworks(
  { networks }: Container,
  wanted: readonly Attachment[],
  own: readonly Attachment[],
): readonly string[] {
  const known = new Set(wanted.map(({ network }) => network))
  const kept = new Set(own.map(({ network }) => network))
  return [...networks.keys()].filter(network => known.has(network) && !kept.has(network))
}
