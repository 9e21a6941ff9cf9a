import { definePlugin, defineRun, defineRunStep, type RunRef } from '@piko/sdk'
import { world } from '../support/world.js'

export const shipRun: RunRef<{ readonly tag: string }> = { id: 'ship.deploy', subject: 'stage' }

type Input = { readonly tag: string }

const upload = defineRunStep<unknown, Input, Input>({
  id: 'ship:upload',
  title: 'Uploading',
  async do({ input, subject }) {
    world().make(`uploaded-${subject.kind === 'stage' ? subject.name : ''}-${input.tag}`)
    return input
  },
  async undo({ subject }, receipt) {
    world().take(`uploaded-${subject.kind === 'stage' ? subject.name : ''}-${receipt?.tag}`)
  },
})

const switchOver = defineRunStep<unknown, Input, null>({
  id: 'ship:switch',
  title: 'Switching over',
  async do({ input }) {
    if (input.tag === 'broken') throw new Error('the new version does not answer')
    world().make(`live-${input.tag}`)
    return null
  },
  async undo({ input }) {
    world().take(`live-${input.tag}`)
  },
})

export default definePlugin({
  name: 'ship',
  summary: 'Deploys to stages',
  runs: [
    defineRun<unknown, Input>({ ref: shipRun, title: 'Deploying', steps: [upload, switchOver], once: true }),
  ],
})
