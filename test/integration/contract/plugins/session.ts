import { definePlugin, defineStep } from '@piko/sdk'
import { world } from '../support/world.js'

const open = defineStep({
  id: 'session:open',
  title: 'Opening the session',
  phase: 'attach',
  onDown: 'keep',
  async do({ environment }) {
    if (!world().has(`session-${environment.name}`)) world().make(`session-${environment.name}`)
    return null
  },
  async undo({ environment }) {
    world().take(`session-${environment.name}`)
  },
})

export default definePlugin({
  name: 'session',
  summary: 'Opens a terminal session',
  detect: () => Promise.resolve({ wanted: true, because: 'it is a fake' }),
  steps: [open],
})
