import type { StepContext } from '@piko/sdk'
import { ownerOf } from '../labels.js'
import { requireModel } from '../model/require.js'
import { serviceNotRunning } from './errors.js'
import { fetchRows } from './rows.js'
import { requireService } from './services.js'

/** Throws for a service that does not exist, with the nearest name, and for one that does not run, with its state. */
export async function requireRunning(context: StepContext<unknown>, service: string): Promise<void> {
  requireService(requireModel(context), service)
  const rows = (await fetchRows(context, ownerOf(context))).filter(row => row.service === service)
  if (rows.some(({ state }) => state === 'running')) return
  const [row] = rows
  const how = row ? `does not run: ${row.status}` : 'has no container'
  throw serviceNotRunning(context.environment.name, { service, how })
}
