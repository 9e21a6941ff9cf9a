import { deployErrors } from '../errors/deploys.js'
import { type Deploy, deploys, findCurrent, originOf } from '../store/deploys.js'
import type { Stage } from '../store/stages.js'
import type { Reading } from '../store/table.js'

/** The deploy whose release a rollback restores: the one named by id or tag, or the last success before the current. */
export function findRestorable(context: Reading, stage: Stage, to: string | undefined): Deploy {
  const current = findCurrent(context, stage.id)
  const serving = current && originOf(context, current)
  const origins = deploys
    .of(context, stage.id)
    .filter(one => one.status === 'success' && one.restores === null)
  if (to === undefined) {
    const before = origins.findLast(one => serving !== undefined && one.number < serving.number)
    if (before) return before
    throw deployErrors.DEPLOY_NOTHING_BEFORE({ stage: stage.name })
  }
  const found =
    origins.findLast(({ id, tag }) => tag === to || id.startsWith(to)) ?? findByRollback(context, stage, to)
  if (!found) throw deployErrors.DEPLOY_NOT_RESTORABLE({ stage: stage.name, to })
  if (found.id === serving?.id)
    throw deployErrors.DEPLOY_ALREADY_SERVING({ stage: stage.name, tag: found.tag })
  return found
}

/** The id of a rollback stands for what it restored. */
function findByRollback(context: Reading, stage: Stage, to: string): Deploy | undefined {
  const all = deploys.of(context, stage.id)
  const found = all.findLast(one => one.status === 'success' && one.id.startsWith(to))
  return found && originOf(context, found)
}
