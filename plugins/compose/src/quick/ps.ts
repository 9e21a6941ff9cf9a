import type { QuickCommand } from '@piko/sdk'
import { fetchStates } from '../engine/trouble.js'
import { ownerOf } from '../labels.js'
import { psAnswer } from '../output/ps.js'

/** `piko ps NAME` on a local engine. Only docker can reach any other. */
const ps: QuickCommand = async ({ project, environment, fact }) => {
  const context = { fact, dial: refuse, signal: AbortSignal.timeout(10_000) }
  const rows = await fetchStates(context, ownerOf({ project, environment }))
  return psAnswer(environment.name, rows)
}

export default ps

function refuse(): never {
  throw new Error('a program is needed')
}
