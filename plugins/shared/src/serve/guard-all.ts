import type { Changing, Container } from '@piko/plugin-compose/contract/engine'
import type { Changes, Context } from '@piko/sdk'
import type { SharedConfig } from '../config.js'
import { atServer } from '../databases/at.js'
import { readDatabases } from '../databases/records.js'
import { servers } from '../databases/servers.js'

type Guarded = Pick<Context<SharedConfig>, 'fact' | 'read' | 'config'> & Pick<Changes, 'transaction'>

/**
 * Lets each environment into its own database only, before it can reach the server: a server may have forgotten its
 * users when it was restarted.
 */
export async function guardAll(
  context: Guarded,
  { there, containers }: { readonly there: Changing; readonly containers: readonly Container[] },
): Promise<void> {
  const all = readDatabases(context)
  for (const service of new Set(all.map(database => database.service))) {
    const container = containers.find(other => other.service === service && other.status === 'running')
    const databases = all.filter(database => database.service === service)
    const [first] = databases
    if (!container || !first) continue
    const at = atServer(context, { there, service, container: container.id, mark: '' })
    const isOpen =
      context.config.services[service]?.login === 'server' || databases.some(({ login }) => !login)
    await servers[first.kind].guard(at, { databases, isOpen })
  }
}
