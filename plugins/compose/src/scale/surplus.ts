import { type Model, requestedReplicasFact } from '../contract.js'
import { runDocker } from '../docker.js'
import type { Container } from '../engine/containers.js'
import type { SiteContext } from '../site.js'

/**
 * Removes surplus replicas. Compose would remove any of them and number new ones from the highest; piko keeps 1 to n,
 * so that `web#2` stays the same replica.
 */
export async function removeSurplus(
  context: SiteContext,
  { model, containers }: { readonly model: Model; readonly containers: readonly Container[] },
): Promise<void> {
  const ids = findSurplus({ model, containers, requested: context.fact(requestedReplicasFact) ?? {} })
  if (ids.length === 0) return
  await runDocker(context, ['container', 'stop', ...ids])
  await runDocker(context, ['container', 'rm', ...ids])
}

/** Containers of a service beyond its count, or after a gap in the numbers. Pure. */
export function findSurplus(facts: {
  readonly model: Model
  readonly containers: readonly Pick<Container, 'id' | 'service' | 'replica' | 'isOneOff'>[]
  readonly requested: Readonly<Record<string, number>>
}): readonly string[] {
  return Object.entries(facts.model.services).flatMap(([name, service]) => {
    const count = facts.requested[name] ?? service.replicas
    const own = facts.containers.filter(container => container.service === name && !container.isOneOff)
    const numbers = new Set(own.map(({ replica }) => replica))
    let last = 0
    while (last < count && numbers.has(last + 1)) last++
    return own.flatMap(({ id, replica }) => (replica > last ? [id] : []))
  })
}
