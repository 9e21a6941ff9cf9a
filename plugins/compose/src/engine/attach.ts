import { type Changing, type Looking, runDocker } from '../docker.js'
import { type Container, fetchContainer } from './containers.js'
import { fetchNetworks } from './networks.js'

interface Attachment {
  readonly network: string
  readonly container: Container
}

/**
 * Connects a container to a network under these names and keeps its other connections. Does nothing if it already has
 * them. A network that was removed, or a connection that another run made meanwhile, is not an error.
 */
export async function connect(
  context: Changing,
  attachment: Attachment & { readonly aliases: readonly string[] },
): Promise<void> {
  const { network, container, aliases } = attachment
  const known = container.networks.get(network)
  if (known?.isLive && aliases.every(alias => known.aliases.includes(alias))) return
  if (known) await disconnect(context, attachment)
  const words = aliases.flatMap(alias => ['--alias', alias])
  try {
    await runDocker(context, ['network', 'connect', ...words, network, container.id])
  } catch (error) {
    const exists = (await fetchNetworks(context, [network])).length > 0
    if (exists && !(await isConnected(context, attachment))) throw error
  }
}

/** Disconnects a container. Succeeds if it is not connected, or if the network or container does not exist. */
export async function disconnect(context: Changing, attachment: Attachment): Promise<void> {
  const { network, container } = attachment
  try {
    await runDocker(context, ['network', 'disconnect', '--force', network, container.id])
  } catch (error) {
    if (await isConnected(context, attachment)) throw error
  }
}

async function isConnected(context: Looking, { network, container }: Attachment): Promise<boolean> {
  const now = await fetchContainer(context, container.id)
  return now?.networks.get(network)?.isLive ?? false
}
