import type { Environment, Host, StepContext } from '@piko/sdk'
import { type Model, requestedReplicasFact } from '../contract.js'
import { requireHere } from '../engine/services.js'
import { scaleErrors } from '../errors/scale.js'
import { requireModel } from '../model/require.js'

type Replicas = Readonly<Record<string, number>>

/** Records the requested replicas, then runs `work` to apply them. If it fails, restores the previous request. */
export async function withRequest(
  host: Host,
  request: { readonly environment: Environment; readonly replicas: Replicas },
  work: () => Promise<unknown>,
): Promise<void> {
  const before = await record(host, request.environment, context => {
    const model = requireModel(context)
    for (const [service, count] of Object.entries(request.replicas)) {
      requireHere(context, service)
      if (count > 1) requireScalable(model, { service, environment: request.environment.name })
    }
    return withoutDefaults({ ...context.fact(requestedReplicasFact), ...request.replicas }, model)
  })
  try {
    await work()
  } catch (error) {
    await record(host, request.environment, () => before)
    throw error
  }
}

/** Returns the previous request. */
function record(
  host: Host,
  environment: Environment,
  replicas: (context: StepContext<unknown>) => Replicas,
): Promise<Replicas> {
  return host.change('compose', environment, async (context: StepContext<unknown>) => {
    const before = context.fact(requestedReplicasFact) ?? {}
    context.publish(requestedReplicasFact, replicas(context))
    return before
  })
}

/** Drops counts that the Compose file already has. */
function withoutDefaults(replicas: Replicas, { services }: Model): Replicas {
  return Object.fromEntries(
    Object.entries(replicas).filter(([name, count]) => services[name]?.replicas !== count),
  )
}

function requireScalable(
  model: Model,
  { service, environment }: { service: string; environment: string },
): void {
  const { networkMode, ports = [], engineName } = model.services[service] ?? {}
  if (networkMode === 'host' && ports.length > 0)
    throw scaleErrors.COMPOSE_SCALE_IMPOSSIBLE({
      environment,
      service,
      because: 'all of them would listen on the host itself',
    })
  if (engineName !== `${model.project}-${service}`)
    throw scaleErrors.COMPOSE_SCALE_IMPOSSIBLE({
      environment,
      service,
      because: 'the names of further containers belong to another environment',
    })
}
