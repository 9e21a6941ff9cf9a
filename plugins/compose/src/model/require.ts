import type { EnvironmentContext } from '@piko/sdk'
import { type Model, modelFact, projectFact } from '../contract.js'
import { notResolved } from '../errors.js'

/** The model that `compose:resolve` has published. Throws before that. */
export function requireModel(context: Pick<EnvironmentContext<unknown>, 'fact' | 'environment'>): Model {
  const model = context.fact(modelFact)
  if (!model) throw notResolved(context.environment.name)
  return model
}

/** The name of the Compose project. Throws before it has one. */
export function requireProject(context: Pick<EnvironmentContext<unknown>, 'fact' | 'environment'>): string {
  const project = context.fact(projectFact)
  if (project === undefined) throw notResolved(context.environment.name)
  return project
}
