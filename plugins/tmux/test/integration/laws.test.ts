import { session } from '#tmux/steps/session.js'
import { stepLaws, type World } from '@piko/sdk/testing'
import { requireTool } from '#test/support/require-tool.js'
import { type Context, makeWorld, publishServices } from '../support/world.js'

function worldOf(): World<Context> {
  const world = makeWorld()
  const context = world.context({
    config: { windows: [{ name: 'editor', command: 'true', panes: [{ command: 'true' }] }] },
    filled: { 'tmux.window': [{ plugin: 'processes', value: { name: 'processes', command: 'sleep 100' } }] },
  })
  publishServices(context, ['web', 'db'])
  const { server } = world
  server.tmux('new-session', '-d', '-s', 'piko/app/feature-2', '-n', 'other')
  return {
    context,
    observe: () =>
      Promise.resolve(
        server.sessions().map(name => ({
          name,
          windows: [...server.windows(name)],
          panes: server.tmux('list-panes', '-s', '-t', `=${name}`, '-F', '#{window_name}'),
        })),
      ),
    dispose: () => Promise.resolve(world.dispose()),
  }
}

describe('tmux: laws of the step', () => {
  before(function () {
    requireTool(this, 'tmux')
  })

  for (const { name, run } of stepLaws(session, () => Promise.resolve(worldOf()))) it(name, run)
})
