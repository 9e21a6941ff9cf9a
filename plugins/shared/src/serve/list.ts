import { modelFact } from '@piko/plugin-compose/contract'
import type { Container } from '@piko/plugin-compose/contract/engine'
import type { Context, Host } from '@piko/sdk'
import type { SharedConfig } from '../config.js'
import { sharedApart } from '../contract.js'
import { fetchShared, onSharedEngine } from '../engine.js'
import { readConsumers, readServed } from '../records.js'
import { readMarks, sharedBy } from '../marks.js'

/** A line of `piko shared`. */
export interface Listed {
  readonly service: string
  /** Docker's state and health; `stopped` if it has no container. */
  readonly state: string
  /** What new environments do. */
  readonly mode: 'shared' | 'isolated'
  readonly container: string | null
  /** Host ports by container port. */
  readonly ports: Readonly<Record<string, number>>
  readonly consumers: readonly string[]
}

/** All services that are shared or still used by an environment. Throws if the engine does not respond. */
export async function listShared(host: Host): Promise<readonly Listed[]> {
  const context = await host.openProject<SharedConfig>('shared')
  const shared = sharedBy(context.config, await readMarks(context.project))
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
