import type { EnvironmentContext } from '@piko/sdk'
import { type Model, modelFact } from '../contract.js'
import { notResolved } from '../errors.js'

/** The model that `compose:resolve` has published. Throws before that. */
export function requireModel(context: Pick<EnvironmentContext<unknown>, 'fact' | 'environment'>): Model {
  const model = context.fact(modelFact)
  if (!model) throw notResolved(context.environment.name)
  return model
}
