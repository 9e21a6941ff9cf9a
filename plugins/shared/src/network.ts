import { modelFact } from '@piko/plugin-compose/contract'
import type { Context } from '@piko/sdk'
import { sharedApart } from './contract.js'

/** The network between the shared services: `piko-PROJECT-shared`. */
export function networkOf(context: Pick<Context<unknown>, 'fact' | 'project'>): string {
  const model = context.fact(modelFact, sharedApart)
  return model?.networks['default']?.engineName ?? model?.project ?? `piko-${context.project.name}-shared`
}
