import { modelFact, selectionFact, settingsFact } from '@piko/plugin-compose/contract'
import { defineStep, type StepContext } from '@piko/sdk'
import type { SharedConfig } from '../config.js'
import { sharedApart, sharedFact } from '../contract.js'
import { chooseDatabases, forgetUnmade } from '../databases/records.js'
import { sharedErrors } from '../errors/shared.js'
import { resolveApart } from '../serve/apart.js'
import { requireShareable } from '../shareable.js'
import { readServed } from '../records.js'
import { readMarks, sharedBy } from '../marks.js'

type Context = StepContext<SharedConfig>

/** Decides which services this environment shares, before its Compose files are read. Needs no engine. */
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
      await resolveApart(context, all)
    }
    const model = context.fact(modelFact, sharedApart)
    const unknown = services.find(service => !(service in (model?.services ?? {})))
    if (unknown !== undefined)
      throw sharedErrors.SHARED_NOT_IN_FILES({ service: unknown, known: Object.keys(model?.services ?? {}) })
    requireShareable(model, services)
    context.publish(sharedFact, services)
    chooseDatabases(context, services)
    return { services: [...services] }
  },

  /** Uses what Compose already knows: a rehearsal must not change anything. */
  async preview(context: Context) {
    context.publish(sharedFact, await readChosen(context))
    return undefined
  },

  async undo(context: Context) {
    forgetUnmade(context, context.environment.name)
    return Promise.resolve()
  },
})

/** The project's shared services that this environment has selected. */
async function readChosen(context: Context): Promise<readonly string[]> {
  const unselected = context.fact(selectionFact)?.unselected ?? []
  const services = sharedBy(context.config, await readMarks(context.project))
  return services.filter(service => !unselected.includes(service))
}

/** Whether ports and settings of these services are already known. */
function isKnown(context: Context, services: readonly string[]): boolean {
  const settings = context.fact(settingsFact, sharedApart) ?? {}
  return services.every(service => service in settings)
}
