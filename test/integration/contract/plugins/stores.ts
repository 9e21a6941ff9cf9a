import { definePlugin, defineStep } from '@piko/sdk'
import { world } from '../support/world.js'

const fill = defineStep({
  id: 'stores:fill',
  title: 'The volume postgres_data',
  phase: 'data',
  holdsData: true,
  plan: () => Promise.resolve({ action: 'nothing', because: 'it holds data' }),
  async do({ environment, flags }) {
    const source = flags['fill-stores'] === true ? 'main' : 'nothing'
    world().make(`volume-${environment.name}`, `filled from ${source}`)
    return { source }
  },
  async undo({ environment }) {
    world().take(`volume-${environment.name}`)
  },
})

export default definePlugin({
  name: 'stores',
  summary: 'Fills volumes',
  detect: () => Promise.resolve({ wanted: true, because: 'it is a fake' }),
  steps: [fill],
})
