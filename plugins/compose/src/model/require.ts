import { type Model, modelFact, projectFact } from '../contract.js'
import { fileErrors } from '../errors/files.js'
import type { SiteLook } from '../site.js'

/** The model that `compose:resolve` published. Throws before that. */
export function requireModel(context: Pick<SiteLook, 'fact' | 'environment'>): Model {
  const model = context.fact(modelFact)
  if (!model) throw fileErrors.COMPOSE_NOT_RESOLVED({ environment: context.environment.name })
  return model
}

/** The name of the Compose project. Throws before it has one. */
export function requireProject(context: Pick<SiteLook, 'fact' | 'environment'>): string {
  const project = context.fact(projectFact)
  if (project === undefined) throw fileErrors.COMPOSE_NOT_RESOLVED({ environment: context.environment.name })
  return project
}
