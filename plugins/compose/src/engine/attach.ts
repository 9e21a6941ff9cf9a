import { type Changing, type Looking, runDocker } from '../docker.js'
import { type Container, fetchContainer } from './containers.js'
import { fetchNetworks } from './networks.js'

interface Attachment {
  readonly network: string
  readonly container: Container
}

/**
 * Puts a container on a network under these names, its other connections go on; nothing is done where it has them
 * already. A network that has gone, or an attachment that another run has made meanwhile, is fine.
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
    const isThere = (await fetchNetworks(context, [network])).length > 0
    if (isThere && !(await isConnected(context, attachment))) throw error
  }
}

/** Takes a container off; not being attached, and a network or a container that has gone, are fine. */
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
