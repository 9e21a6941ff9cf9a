import { expect } from 'chai'
import { sessions as check } from '#tmux/checks/sessions.js'
import { session } from '#tmux/steps/session.js'
import { detailsOf } from '@piko/sdk'
import { requireTool } from '#test/support/require-tool.js'
import { until } from '#test/support/until.js'
import { makeWorld, publishServices, type TmuxWorld } from '../support/world.js'

const FEATURE = 'piko/app/feature'

describe('tmux: the session of an environment', () => {
  let world: TmuxWorld
  before(function () {
    requireTool(this, 'tmux')
  })
  beforeEach(() => void (world = makeWorld()))
  afterEach(() => world.dispose())

  it('starts in the worktree with the variables, also in later windows', async () => {
    const variables = { PIKO_WEB_PORT: '10180', NOTE: 'two words; and $more;' }
    await session.do(world.context({ variables }), undefined)
    const { server } = world
    server.tmux('new-window', '-d', '-t', `=${FEATURE}:`, '-n', 'later', '-c', '#{session_path}')
    for (const window of ['shell', 'later']) {
      server.type(`=${FEATURE}:${window}`, 'echo "[$PIKO_WEB_PORT|$NOTE|$PWD]"\n')
      await server.shows(`=${FEATURE}:${window}`, `[10180|two words; and $more;|${world.folder}/worktree]`)
    }
  })

  it('does not leak its variables into other sessions', async () => {
    await session.do(world.context({ variables: { PIKO_WEB_PORT: '10180' } }), undefined)
    expect(world.server.tmux('show-environment', '-g', 'PIKO_WEB_PORT')).to.equal('')
  })

  it("has a shell, the project's windows, plugins' windows, and the logs", async () => {
    const context = world.context({
      config: {
        logs: ['web'],
        windows: [
          {
            name: 'editor',
            command: `echo "it's $((6 * 7))"`,
            panes: [{ command: 'echo beside' }],
            layout: 'even-vertical',
          },
        ],
      },
      filled: {
        'tmux.window': [{ plugin: 'processes', value: { name: 'all', command: 'echo said; exit 3' } }],
      },
    })
    publishServices(context, ['web', 'db'])
    await session.do(context, undefined)
    const { server } = world
    expect(server.windows(FEATURE)).to.deep.equal(['shell', 'editor', 'all', 'web'])
    await server.shows(`=${FEATURE}:editor.0`, /^it's 42$/m)
    await server.shows(`=${FEATURE}:editor.1`, /^beside$/m)
    await server.shows(`=${FEATURE}:all`, /^said$/m)
    expect(server.tmux('display-message', '-p', '-t', `=${FEATURE}:`, '#{window_name}').trim()).to.equal(
      'shell',
    )
  })

  it('reruns an ended command in a following window, and reopens no closed one', async () => {
    const value = { name: 'all', command: 'echo "$(date +%N)"' }
    const context = world.context({
      config: { windows: [{ name: 'editor' }] },
      filled: { 'tmux.window': [{ plugin: 'processes', value }] },
    })
    const receipt = await session.do(context, undefined)
    const { server } = world
    await until(
      'its end',
      () => server.tmux('list-panes', '-t', `=${FEATURE}:all`, '-F', '#{pane_dead}').trim() === '1',
    )
    const first = server.tmux('list-panes', '-t', `=${FEATURE}:all`, '-F', '#{pane_pid}')
    server.tmux('kill-window', '-t', `=${FEATURE}:editor`)
    expect(await session.plan?.(context, receipt)).to.deep.equal({ action: 'change', because: 'ended: all' })
    await session.do(context, receipt)
    expect(server.windows(FEATURE)).to.deep.equal(['shell', 'all'])
    expect(server.tmux('list-panes', '-t', `=${FEATURE}:all`, '-F', '#{pane_pid}')).to.not.equal(first)
  })

  it('is not recreated if nothing changed, and receives new variables', async () => {
    const receipt = await session.do(world.context({ variables: { A: '1' } }), undefined)
    expect(await session.plan?.(world.context({ variables: { A: '1' } }), receipt)).to.have.property(
      'action',
      'nothing',
    )
    const changed = world.context({ variables: { A: '2' } })
    expect(await session.plan?.(changed, receipt)).to.have.property('action', 'change')
    await session.do(changed, receipt)
    expect(world.server.tmux('show-environment', '-t', `=${FEATURE}`, 'A')).to.equal('A=2\n')
  })

  it('has a name without dots and colons, which tmux would change', async () => {
    const receipt = await session.do(world.context({ project: 'my.app:2' }), undefined)
    expect(receipt.name).to.equal('piko/my_app_2/feature')
    expect(world.server.sessions()).to.deep.equal(['piko/my_app_2/feature'])
  })

  it('is found after the user renamed it, and after the socket changed', async () => {
    const receipt = await session.do(world.context(), undefined)
    world.server.tmux('rename-session', '-t', `=${FEATURE}`, 'mine')
    await session.undo(world.context({ config: { socket: 'another' } }), receipt)
    expect(world.server.sessions()).to.deep.equal([])
  })

  it('is ended without another whose name starts the same', async () => {
    const receipt = await session.do(world.context(), undefined)
    await session.do(world.context({ environment: 'feature-2' }), undefined)
    await session.undo(world.context(), receipt)
    expect(world.server.sessions()).to.deep.equal(['piko/app/feature-2'])
    await session.undo(world.context(), receipt)
    expect(world.server.sessions()).to.deep.equal(['piko/app/feature-2'])
  })

  it("is never taken from the user, nor is the user's ended", async () => {
    world.server.tmux('new-session', '-d', '-s', FEATURE)
    const asked = await check.run(world.context({ verb: 'create' }))
    expect(asked.ok ? undefined : asked.problem.code).to.equal('TMUX_SESSION_FOREIGN')
    const error = await session.do(world.context(), undefined).catch((thrown: unknown) => thrown)
    expect(detailsOf(error)?.code).to.equal('TMUX_SESSION_FOREIGN')
    await session.undo(world.context({ verb: 'destroy' }), undefined)
    expect(world.server.sessions()).to.deep.equal([FEATURE])
    expect(world.server.windows(FEATURE)).to.have.length(1)
  })
})

describe('tmux: destroy of a busy session', () => {
  let world: TmuxWorld
  before(function () {
    requireTool(this, 'tmux')
  })
  beforeEach(() => void (world = makeWorld()))
  afterEach(() => world.dispose())
  const problemOf = async (flags = {}) => {
    const asked = await check.run(world.context({ verb: 'destroy', flags }))
    return asked.ok ? undefined : asked.problem
  }

  it('is refused while a command runs in the foreground, unless forced', async () => {
    await session.do(world.context(), undefined)
    expect(await problemOf()).to.equal(undefined)
    world.server.type(`=${FEATURE}:shell`, 'sleep 1000\n')
    await until('the refusal', async () => (await problemOf())?.details?.join().includes('sleep 1000'))
    expect((await problemOf())?.code).to.equal('TMUX_SESSION_BUSY')
    expect(await problemOf({ force: true })).to.equal(undefined)
    world.server.tmux('send-keys', '-t', `=${FEATURE}:shell`, 'C-c')
    await until('its end', async () => (await problemOf()) === undefined)
  })

  it('is refused for a script, but not for a nested shell', async () => {
    await session.do(world.context(), undefined)
    const { server } = world
    server.type(`=${FEATURE}:shell`, 'bash --norc\n')
    server.type(`=${FEATURE}:shell`, 'echo in-$((1 + 1))\n')
    await server.shows(`=${FEATURE}:shell`, /^in-2$/m)
    expect(await problemOf()).to.equal(undefined)
    server.type(`=${FEATURE}:shell`, "bash -c 'sleep 1000; true'\n")
    await until('the refusal', async () => (await problemOf())?.code === 'TMUX_SESSION_BUSY')
  })

  it("is not refused for a plugin's window", async () => {
    const value = { name: 'all', command: 'sleep 1000' }
    await session.do(
      world.context({ filled: { 'tmux.window': [{ plugin: 'processes', value }] } }),
      undefined,
    )
    expect(await problemOf()).to.equal(undefined)
  })
})
