import type { Environment } from '@piko/sdk'
import { join } from 'node:path'

/** Where the layer on top of the override lies; outside the worktree, since nobody but piko needs it. */
export function scaleFile({ stateDir }: Pick<Environment, 'stateDir'>): string {
  return join(stateDir, 'compose.scale.yaml')
}
