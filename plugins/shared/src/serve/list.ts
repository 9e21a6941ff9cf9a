import { modelFact } from '@piko/plugin-compose/contract'
import type { Container } from '@piko/plugin-compose/contract/engine'
import type { Context, Host } from '@piko/sdk'
import type { SharedConfig } from '../config.js'
import { sharedApart } from '../contract.js'
import { fetchShared, onSharedEngine } from '../engine.js'
import { readConsumers, readServed } from '../records.js'
import { readWishes, sharedBy } from '../wishes.js'

/** A line of `piko shared`. */
export interface Listed {
  readonly service: string
  /** In Docker's words, with its health; `stopped` where it has no container. */
  readonly state: string
  /** What new environments do. */
  readonly mode: 'shared' | 'isolated'
  readonly container: string | null
  /** Host ports by container port. */
  readonly ports: Readonly<Record<string, number>>
  readonly consumers: readonly string[]
}

/** Everything that is shared, or still used by an environment. Throws where the engine does not answer. */
export async function listShared(host: Host): Promise<readonly Listed[]> {
  const context = await host.openProject<SharedConfig>('shared')
  const shared = sharedBy(context.config, await readWishes(context.project))
  const consumers = readConsumers(context)
  const names = new Set([...shared, ...readServed(context), ...consumers.keys()])
  const containers = names.size === 0 ? [] : await fetchShared(await onSharedEngine(context))
  return [...names].sort().map(service => {
    const container = containers.find(other => other.service === service)
    return {
      service,
      state: container ? stateOf(container) : 'stopped',
      mode: shared.includes(service) ? 'shared' : 'isolated',
      container: container?.name ?? null,
      ports: portsOf(context, service),
      consumers: consumers.get(service) ?? [],
    }
  })
}

export function portsOf(
  context: Pick<Context<unknown>, 'fact'>,
  service: string,
): Readonly<Record<string, number>> {
  const ports = context.fact(modelFact, sharedApart)?.services[service]?.ports ?? []
  return Object.fromEntries(
    ports.flatMap(({ target, protocol, assigned }) =>
      assigned === undefined
        ? []
        : [[protocol === 'tcp' ? String(target) : `${target}/${protocol}`, assigned]],
    ),
  )
}

function stateOf({ status, health }: Container): string {
  return health === 'none' ? status : `${status} (${health})`
}
