import { defineRunStep } from '@piko/sdk'
import type { DeployInput } from '../contract.js'
import { deploys } from '../store/deploys.js'
import { type Instance, instances } from '../store/instances.js'
import { end, recorded } from './record.js'
import { currentInstances, findRestored, situationOf } from './situation.js'

/** One transaction makes the new release the current one. Before it, a killed deploy is undone; after it, it stands. */
export const finish = recorded(
  defineRunStep<unknown, DeployInput, null>({
    id: 'deploy:finish',
    title: 'Recording the release',
    undoTitle: 'Ending the deploy',

    async do(context) {
      const { stage, deploy } = situationOf(context)
      const old = currentInstances(context, stage)
      const own = instances.of(context, stage.id).filter(one => one.deploy === deploy.id)
      const next = findRestored(context, deploy) ?? [...own, ...unchanged(old, own)]
      context.transaction(() => {
        for (const { id } of old)
          if (!next.some(one => one.id === id)) instances.update(context, id, { isCurrent: false })
        for (const { id, isCurrent } of next)
          if (!isCurrent) instances.update(context, id, { isCurrent: true })
        const serving = Object.fromEntries(next.map(({ service, id }) => [service, id]))
        deploys.update(context, deploy.id, { serving })
        end(context, 'success')
      })
      return null
    },

    async undo() {},
  }),
)

/** Services beside the release that it did not replace and still has. */
function unchanged(old: readonly Instance[], own: readonly Instance[]): readonly Instance[] {
  return old.filter(({ service }) => !own.some(one => one.service === service))
}
