import { definePlugin, defineStep, type Fact, type Slot } from '@piko/sdk'
import { world } from '../support/world.js'

/** Replaces compose: a model, a network, containers. */
export const modelFact: Fact<{ readonly services: readonly string[] }> = { id: 'engine.model' }
export const overrideSlot: Slot<string, { readonly services: readonly string[] }> = { id: 'engine.override' }

const resolve = defineStep({
  id: 'engine:resolve',
  title: 'Reading the model',
  phase: 'resolve',
  async do(context) {
    const model = { services: ['web'] }
    context.publish(modelFact, model)
    await context.assignPorts([{ service: 'web', port: 80, protocol: 'tcp' }])
    return { model }
  },
  undo: () => Promise.resolve(),
})

const override = defineStep({
  id: 'engine:override',
  title: 'Writing the override',
  phase: 'prepare',
  async do(context) {
    const model = context.fact(modelFact) ?? { services: [] }
    const filled = context.collect(overrideSlot, model)
    const file = `${context.environment.path}/override.txt`
    await context.hideFromGit(file)
    await context.writeFile(file, filled.map(({ plugin, value }) => `${plugin}: ${value}\n`).join(''))
    return { file }
  },
  undo: (context, receipt) => (receipt ? context.remove(receipt.file) : Promise.resolve()),
})

const network = defineStep({
  id: 'engine:network',
  title: 'Creating the network',
  phase: 'start',
  async do({ environment }) {
    world().make(`network-${environment.name}`)
    return null
  },
  async undo({ environment }) {
    world().take(`network-${environment.name}`)
  },
})

const up = defineStep({
  id: 'engine:up',
  title: 'Starting containers',
  phase: 'start',
  after: ['engine:network'],
  async do({ environment }) {
    if (world().has('break-up')) throw new Error('the containers do not start')
    world().make(`containers-${environment.name}`)
    return null
  },
  async undo({ environment }) {
    world().take(`containers-${environment.name}`)
  },
})

export default definePlugin({
  name: 'engine',
  summary: 'Pretends to be Compose',
  detect: () => Promise.resolve({ wanted: true, because: 'it is a fake' }),
  contributes: {
    variables: ({ environment }) => ({ ENGINE_PORT: String(environment.ports['web:80/tcp'] ?? '') }),
    columns: ({ environment }) => ({ Engine: `web:${environment.ports['web:80/tcp'] ?? ''}` }),
    targets: context => context.fact(modelFact)?.services ?? [],
  },
  steps: [resolve, override, network, up],
})
