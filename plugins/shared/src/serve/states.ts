import { projectFact } from '@piko/plugin-compose/contract'
import { byAddress, fetchProjectContainers, stateOf } from '@piko/plugin-compose/contract/engine'
import type { Asked, EnvironmentContext, ServiceState } from '@piko/sdk'
import { sharedApart, sharedFact } from '../contract.js'
import { onSharedEngine } from '../engine.js'

/** The states of shared services, for each environment that uses some. */
export async function fetchStates(
  contexts: readonly EnvironmentContext<unknown>[],
  asked: Asked,
): Promise<Readonly<Record<string, readonly ServiceState[]>>> {
  const states: Record<string, readonly ServiceState[]> = {}
  for (const context of contexts) {
    const used = context.fact(sharedFact) ?? []
    const project = context.fact(projectFact, sharedApart)
    if (used.length === 0 || project === undefined) continue
    const there = { ...(await onSharedEngine(context)), project: context.project }
    const containers = await fetchProjectContainers(there, asked)
    states[context.environment.name] = containers
      .filter(one => one.project === project && used.includes(one.service))
      .sort(byAddress)
      .map(one => stateOf(one, { isDone: false, isShared: true }))
  }
  return states
}
