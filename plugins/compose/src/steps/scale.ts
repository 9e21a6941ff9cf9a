import { defineStep, type StepContext } from '@piko/sdk'
import type { ComposeConfig } from '../config.js'
import { requestedReplicasFact, scaledFact } from '../contract.js'
import { scaleFile } from '../docker.js'
import { requireModel } from '../model/require.js'
import { overrideText } from '../override/text.js'
import { leaseRows, scaleChanges, scaleLayer } from '../scale/scale.js'

/** Writes the replicas requested with `piko scale` as a layer over the override. No request, no layer. */
export const scale = defineStep({
  id: 'compose:scale',
  title: 'Setting replicas',
  undoTitle: 'Removing generated files',
  phase: 'prepare',
  after: ['compose:override'],

  async do(context: StepContext<ComposeConfig>) {
    const model = requireModel(context)
    const { environment } = context
    const file = scaleFile(environment)
    const scaled = await leaseRows(context, { model, requested: context.fact(requestedReplicasFact) ?? {} })
    if (scaled.length === 0) await context.remove(file)
    else {
      const layer = scaleLayer(scaled, context.config.bind)
      await context.writeFile(file, overrideText(layer, { environment: environment.name }))
    }
    context.publish(scaledFact, scaleChanges(scaled, model.services))
    return { replicas: Object.fromEntries(scaled.map(({ service, replicas }) => [service, replicas])) }
  },

  async undo(context) {
    await context.remove(scaleFile(context.environment))
  },
})
