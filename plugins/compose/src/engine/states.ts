import type { Asked, ServiceState } from '@piko/sdk'
import { modelFact, projectFact } from '../contract.js'
import { engineOf, type Looking, nameOf } from '../docker.js'
import { type Container, fetchContainers, fetchLabelled } from './containers.js'
import { isOfProject } from '../labels.js'
import type { SiteLook } from '../site.js'

type Context = Looking & Pick<SiteLook, 'project'>

/**
 * Every container of a piko project on an engine, of all environments and shared services. Queried once for all
 * plugins. The list lacks restart counts, so each container is inspected once as well.
 */
export function fetchProjectContainers(context: Context, asked: Asked): Promise<readonly Container[]> {
  const { project } = context
  const label = [
    'com.docker.compose.project',
    'com.docker.compose.oneoff=False',
    `dev.piko.project=${project.name}`,
  ]
  const key = `compose.containers ${project.id} ${nameOf(engineOf(context))}`
  return asked.once(key, async () => {
    const found = await fetchContainers(context, await fetchLabelled(context, label))
    return found.filter(({ labels }) => isOfProject(labels, project))
  })
}

/** A container as `piko status` shows it. */
export function stateOf(
  container: Container,
  { isDone, isShared }: Pick<ServiceState, 'isDone' | 'isShared'>,
): ServiceState {
  const { service, replica, name, status, health, exitCode, restarts } = container
  const hasEnded = status === 'exited' || status === 'dead' || status === 'restarting'
  return {
    service,
    replica,
    container: name,
    state: status,
    // The engine keeps the last health of a stopped container.
    health: status === 'running' && isHealth(health) ? health : null,
    exitCode: hasEnded ? exitCode : null,
    restarts,
    isDone: isDone && status === 'exited' && exitCode === 0,
    isShared,
  }
}

function isHealth(word: string): word is NonNullable<ServiceState['health']> {
  return word === 'healthy' || word === 'unhealthy' || word === 'starting'
}

/** Sorts containers by service and replica. */
export function byAddress(one: Container, other: Container): number {
  if (one.service !== other.service) return one.service < other.service ? -1 : 1
  return one.replica - other.replica
}

/** States of the containers in an environment's own Compose project; undefined if it has no project yet. */
export async function fetchOwnStates(
  context: SiteLook,
  { asked, ended }: { readonly asked: Asked; readonly ended: readonly string[] },
): Promise<readonly ServiceState[] | undefined> {
  const project = context.fact(projectFact)
  if (project === undefined) return undefined
  const oneShots = new Set([...ended, ...awaitedEnds(context)])
  const containers = (await fetchProjectContainers(context, asked)).filter(one => one.project === project)
  return [...containers]
    .sort(byAddress)
    .map(one => stateOf(one, { isDone: oneShots.has(one.service), isShared: false }))
}

/** Services that others wait for until they complete. */
function awaitedEnds(context: SiteLook): readonly string[] {
  const services = Object.values(context.fact(modelFact)?.services ?? {})
  return services.flatMap(({ dependsOn }) =>
    Object.entries(dependsOn).flatMap(([name, { condition }]) =>
      condition === 'service_completed_successfully' ? [name] : [],
    ),
  )
}
