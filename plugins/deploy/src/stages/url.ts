import { portsFact, portsRun } from '@piko/plugin-caddy/contract'
import type { Context } from '@piko/sdk'
import { placeFact, stageRun } from '../contract.js'
import type { Stage } from '../store/stages.js'

/** The URL of a stage. Null if it has no port, or has not been deployed yet. */
export function urlOf(context: Pick<Context<unknown>, 'fact'>, stage: Stage): string | null {
  const place = context.fact(placeFact, { run: stageRun, key: stage.name })
  const ports = context.fact(portsFact, { run: portsRun })
  if (stage.port === null || !place || place.host === null || !ports) return null
  return ports.http === 80 ? `http://${place.host}` : `http://${place.host}:${ports.http}`
}
