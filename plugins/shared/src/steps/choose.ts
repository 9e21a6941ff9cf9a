import { modelFact, selectionFact, settingsFact } from '@piko/plugin-compose/contract'
import { defineStep, type StepContext } from '@piko/sdk'
import type { SharedConfig } from '../config.js'
import { sharedApart, sharedFact } from '../contract.js'
import { chooseDatabases, forgetUnmade } from '../databases/records.js'
import { sharedErrors } from '../errors/shared.js'
import { knowApart } from '../serve/apart.js'
import { requireShareable } from '../shareable.js'
import { readServed } from '../records.js'
import { readWishes, sharedBy } from '../wishes.js'

type Context = StepContext<SharedConfig>

/** Settles which services this environment shares from now on, before its Compose files are read. Needs no engine. */
export const choose = defineStep({
  id: 'shared:choose',
  title: 'Choosing shared services',
  undoTitle: 'Removing generated files',
  phase: 'resolve',
  after: ['compose:select'],
  before: ['compose:resolve'],

  async do(context: Context) {
    const services = await readChosen(context)
    if (!isKnown(context, services)) {
      const all = [...new Set([...readServed(context), ...services])]
      await knowApart(context, all)
    }
    const model = context.fact(modelFact, sharedApart)
    const stranger = services.find(service => !(service in (model?.services ?? {})))
    if (stranger !== undefined)
      throw sharedErrors.SHARED_NOT_IN_FILES({ service: stranger, known: Object.keys(model?.services ?? {}) })
    requireShareable(model, services)
    context.publish(sharedFact, services)
    chooseDatabases(context, services)
    return { services: [...services] }
  },

  /** On a rehearsal: what Compose knows by now is as good as can be had without changing anything. */
  async preview(context: Context) {
    context.publish(sharedFact, await readChosen(context))
    return undefined
  },

  async undo(context: Context) {
    forgetUnmade(context, context.environment.name)
    return Promise.resolve()
  },
})

/** What the project shares and this environment has selected. */
async function readChosen(context: Context): Promise<readonly string[]> {
  const unselected = context.fact(selectionFact)?.unselected ?? []
  const services = sharedBy(context.config, await readWishes(context.project))
  return services.filter(service => !unselected.includes(service))
}

/** Whether ports and settings of these are known already. */
function isKnown(context: Context, services: readonly string[]): boolean {
  const settings = context.fact(settingsFact, sharedApart) ?? {}
  return services.every(service => service in settings)
}
