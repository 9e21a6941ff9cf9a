import { definePlugin, defineRun, defineRunStep, defineStep, fill, type RunRef } from '@piko/sdk'
import { world } from '../support/world.js'
import { overrideSlot } from './engine.js'

const serverRun: RunRef<null> = { id: 'proxy.server', subject: 'machine' }

const server = defineRunStep<unknown, null, null>({
  id: 'proxy:server',
  title: 'Starting the proxy',
  plan: () =>
    Promise.resolve(
      world().has('proxy')
        ? { action: 'nothing', because: 'it runs' }
        : { action: 'change', because: 'it does not run' },
    ),
  async do() {
    world().make('proxy')
    return null
  },
  async undo() {
    world().take('proxy')
  },
})

const entry = defineStep({
  id: 'proxy:entry',
  title: 'Writing the route',
  phase: 'route',
  onDown: 'keep',
  async do({ environment, ensure }) {
    await ensure(serverRun, { input: null })
    world().make(`entry-${environment.name}`)
    return null
  },
  async undo({ environment }) {
    world().take(`entry-${environment.name}`)
  },
})

const attach = defineStep({
  id: 'proxy:attach',
  title: 'Attaching the proxy',
  phase: 'route',
  after: ['proxy:entry'],
  async do({ environment }) {
    world().make(`proxied-${environment.name}`)
    return null
  },
  async undo({ environment }) {
    world().take(`proxied-${environment.name}`)
  },
})

export default definePlugin({
  name: 'proxy',
  summary: 'Routes hosts to environments',
  detect: () => Promise.resolve({ wanted: true, because: 'it is a fake' }),
  contributes: { fills: [fill(overrideSlot, (_, { services }) => `label for ${services.join(' ')}`)] },
  steps: [entry, attach],
  runs: [defineRun<unknown, null>({ ref: serverRun, title: 'The proxy', steps: [server] })],
})
