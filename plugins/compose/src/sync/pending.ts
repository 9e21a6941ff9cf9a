import type { StepContext } from '@piko/sdk'
import type { Model } from '../contract.js'
import { composeOptions, lookDocker, projectArgs } from '../docker.js'
import { linesOf } from '../engine/answer.js'
import { fetchRows } from '../engine/rows.js'
import { ownerOf } from '../labels.js'

/** What `piko up` would do now, by service. */
export interface Pending {
  readonly start: readonly string[]
  readonly recreate: readonly string[]
  readonly remove: readonly string[]
}

/**
 * Compares the project with the containers, by the hash that Compose writes on each. Undefined where nothing runs: all
 * of it is to be started then anyway.
 */
export async function fetchPending(
  context: StepContext<unknown>,
  model: Model,
): Promise<Pending | undefined> {
  const rows = (await fetchRows(context, ownerOf(context))).filter(({ isOneOff }) => !isOneOff)
  if (rows.length === 0) return undefined
  const args = [...projectArgs(model, context.environment), 'config', '--hash', '*']
  const { stdout } = await lookDocker(context, args, composeOptions(model))
  const hashes = new Map(linesOf(stdout).map(line => line.split(' ') as [string, string]))
  const has = new Set(rows.map(({ service }) => service))
  const differs = rows.filter(({ service, hash }) => hashes.has(service) && hashes.get(service) !== hash)
  return {
    start: [...hashes.keys()].filter(service => !has.has(service)).sort(),
    recreate: [...new Set(differs.map(({ service }) => service))],
    remove: [...has].filter(service => !hashes.has(service) && !(service in model.services)),
  }
}
