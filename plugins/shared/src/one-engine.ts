import { engineFact } from '@piko/plugin-compose/contract'
import { nameOf } from '@piko/plugin-compose/contract/engine'
import type { EnvironmentContext } from '@piko/sdk'
import { sharedApart } from './contract.js'
import { sharedErrors } from './errors/shared.js'

/** A container can only be attached to networks of its own engine. Throws if the environment was created on another. */
export function requireOneEngine(context: Pick<EnvironmentContext<unknown>, 'fact' | 'environment'>): void {
  const [own, shared] = [context.fact(engineFact), context.fact(engineFact, sharedApart)]
  if (!shared || nameOf(own) === nameOf(shared)) return
  throw sharedErrors.SHARED_ENGINES_DIFFER({
    environment: context.environment.name,
    own: nameOf(own),
    shared: nameOf(shared),
  })
}
