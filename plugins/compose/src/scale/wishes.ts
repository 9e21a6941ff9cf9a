import type { Environment, Host, StepContext } from '@piko/sdk'
import { type Model, wishesFact } from '../contract.js'
import { requireHere } from '../engine/services.js'
import { scaleErrors } from '../errors/scale.js'
import { requireModel } from '../model/require.js'

type Wishes = Readonly<Record<string, number>>

/** Records the requested replicas, then runs `work` to apply them. If it fails, restores the previous request. */
export async function withWishes(
  host: Host,
  asked: { readonly environment: Environment; readonly wishes: Wishes },
  work: () => Promise<unknown>,
): Promise<void> {
  const before = await record(host, asked.environment, context => {
    const model = requireModel(context)
    for (const [service, count] of Object.entries(asked.wishes)) {
      requireHere(context, service)
      if (count > 1) requireScalable(model, { service, environment: asked.environment.name })
    }
    return withoutUsual({ ...context.fact(wishesFact), ...asked.wishes }, model)
  })
  try {
    await work()
  } catch (error) {
    await record(host, asked.environment, () => before)
    throw error
  }
}

/** Returns the previous request. */
function record(
  host: Host,
  environment: Environment,
  wishes: (context: StepContext<unknown>) => Wishes,
): Promise<Wishes> {
  return host.change('compose', environment, async (context: StepContext<unknown>) => {
    const before = context.fact(wishesFact) ?? {}
    context.publish(wishesFact, wishes(context))
    return before
  })
}

/** Drops counts that the Compose file already has. */
function withoutUsual(wishes: Wishes, { services }: Model): Wishes {
  return Object.fromEntries(
    Object.entries(wishes).filter(([name, count]) => services[name]?.replicas !== count),
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
