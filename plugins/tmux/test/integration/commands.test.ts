import { expect } from 'chai'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { requireTool } from '#test/support/require-tool.js'
import { until } from '#test/support/until.js'
import { installPiko } from '#test/sandbox/piko.js'
import { makePluginSandbox, type PluginSandbox } from '#test/integration/contract/support/plugin-sandbox.js'
import { type Server, serverAt } from '../support/server.js'

const FEATURE = 'piko/app/feature'

describe('tmux: the commands, on a terminal', function () {
  let sandbox: PluginSandbox
  let server: Server
  /** Another server: the terminal that piko is called from. */
  let terminal: Server

  before(function () {
    requireTool(this, 'tmux')
  })
  beforeEach(function () {
    sandbox = makePluginSandbox(this, [])
    server = serverAt(join(sandbox.folder, 'socket'), sandbox.env)
    terminal = serverAt(join(sandbox.folder, 'terminal'), sandbox.env)
    const config = `plugins: [tmux]\ntmux: { socket: ${server.socket} }\n`
    writeFileSync(join(sandbox.project, '.piko.yml'), config)
    const path = installPiko(sandbox.folder)
    const shell = ['env', '-u', 'TMUX', '-u', 'TMUX_PANE', `PATH=${path}`, 'bash', '--norc']
    terminal.tmux('new-session', '-d', '-x', '100', '-y', '30', '-s', 'out', '-c', sandbox.project, ...shell)
  })
  afterEach(() => {
    server.kill()
    terminal.kill()
  })
  /** The sessions that terminals show. */
  const attached = () => server.tmux('list-clients', '-F', '#{client_session}').trim()
  const comesTo = (session: string) => until(`a terminal in ${session}`, () => attached() === session)

  it('attach takes over the terminal, and switches an attached client', async () => {
    sandbox.pikoWell('create', 'feature')
    sandbox.pikoWell('create', 'feature-2')
    terminal.type('out:0', 'piko attach feature; echo "left with $?"\n')
    await comesTo(FEATURE)
    server.type(`=${FEATURE}:`, `'${sandbox.folder}/bin/piko' attach feature-2\n`)
    await comesTo(`${FEATURE}-2`)
    server.tmux('detach-client', '-s', `=${FEATURE}-2`)
    await terminal.shows('out:0', 'left with 0')
  })

  it('attach inside another server fails with a command that works', async () => {
    sandbox.pikoWell('create', 'feature')
    const other = serverAt(join(sandbox.folder, 'other'), sandbox.env)
    try {
      terminal.type('out:0', `tmux -S ${other.socket} -f /dev/null new-session -s other 'bash --norc'\n`)
      await until('the other server', () => other.sessions().includes('other'))
      other.type('other:', 'piko attach feature\n')
      await other.shows('other:', 'TMUX_OTHER_SERVER')
      const [, way = ''] = /run `(tmux detach-client -E .*?)`/s.exec(other.screen('other:')) ?? []
      other.type('other:', `${way}\n`)
      await comesTo(FEATURE)
    } finally {
      other.kill()
    }
  })

  it('switch attaches to the session chosen with letters and arrows', async () => {
    for (const name of ['alpha', 'beta', 'beta-2']) sandbox.pikoWell('create', name)
    terminal.type('out:0', 'piko switch\n')
    await terminal.shows('out:0', '› alpha')
    terminal.type('out:0', 'bet')
    await terminal.shows('out:0', '› beta')
    terminal.tmux('send-keys', '-t', 'out:0', 'Down')
    await terminal.shows('out:0', '› beta-2')
    terminal.tmux('send-keys', '-t', 'out:0', 'Enter')
    await comesTo('piko/app/beta-2')
  })

  it('switch without a terminal suggests a command that needs none', () => {
    sandbox.pikoWell('create', 'feature')
    const { code, stderr } = sandbox.piko(['switch'])
    expect(stderr).to.contain('TMUX_NO_TERMINAL').and.contain('piko attach NAME')
    expect(code).to.equal(2)
  })

  it('create --attach attaches at the end, and without a terminal says how to', async () => {
    terminal.type('out:0', 'piko create feature --attach\n')
    await comesTo(FEATURE)
    const { code, stdout, stderr } = sandbox.piko(['create', 'other', '--attach'])
    expect(stdout).to.contain('✓ Session in tmux: piko/app/other').and.contain('✓ Environment ready')
    expect(stderr).to.contain('run `piko attach other` on one')
    expect(code).to.equal(0)
  })

  it("sessions lists the project's sessions", () => {
    sandbox.pikoWell('create', 'feature')
    server.tmux('new-session', '-d', '-s', 'mine')
    expect(sandbox.pikoJson('sessions')).to.deep.equal({
      version: 1,
      sessions: [
        { environment: 'feature', session: FEATURE, windows: 1, attached: false, socket: server.socket },
      ],
    })
  })

  it('down keeps the session, unless kill_on_down is set', () => {
    sandbox.pikoWell('create', 'feature')
    sandbox.pikoWell('down', 'feature')
    expect(server.sessions()).to.deep.equal([FEATURE])
    const config = `plugins: [tmux]\ntmux: { socket: ${server.socket}, kill_on_down: true }\n`
    writeFileSync(join(sandbox.project, '.piko.yml'), config)
    sandbox.pikoWell('up', 'feature')
    sandbox.pikoWell('down', 'feature')
    expect(server.sessions()).to.deep.equal([])
    sandbox.pikoWell('up', 'feature')
    expect(server.sessions()).to.deep.equal([FEATURE])
  })

  it('destroy is refused while a program runs, and ends only that session', async () => {
    for (const name of ['feature', 'feature-2']) sandbox.pikoWell('create', name)
    server.type(`=${FEATURE}:`, 'sleep 1000\n')
    await until('the program', () =>
      server.tmux('display-message', '-p', '-t', `=${FEATURE}:`, '#{pane_current_command}').includes('sleep'),
    )
    const { code, stderr } = sandbox.piko(['destroy', 'feature', '--yes'])
    expect(server.sessions()).to.deep.equal([FEATURE, `${FEATURE}-2`])
    expect(stderr).to.contain('TMUX_SESSION_BUSY').and.contain('window shell: sleep 1000')
    expect(code).to.equal(5)
    sandbox.pikoWell('destroy', 'feature', '--yes', '--force')
    expect(server.sessions()).to.deep.equal([`${FEATURE}-2`])
  })

  it('destroy does not end the session that it runs in', async () => {
    sandbox.pikoWell('create', 'feature')
    server.type(`=${FEATURE}:`, `'${sandbox.folder}/bin/piko' destroy feature --yes --force\n`)
    await server.shows(`=${FEATURE}:`, 'TMUX_SESSION_INSIDE')
    expect(server.sessions()).to.deep.equal([FEATURE])
  })

  it("create skips the session if the user's own has the name, says how to get one, and up creates it", () => {
    server.tmux('new-session', '-d', '-s', FEATURE)
    const output = sandbox.pikoWell('create', 'feature')
    expect(output)
      .to.contain(`! The tmux session ${FEATURE} already exists`)
      .and.contain('✓ Environment ready')
    expect(server.sessions()).to.deep.equal([FEATURE])
    const [, command = ''] = /`tmux (rename-session .*)`/.exec(output) ?? []
    server.tmux(...command.replaceAll("'", '').split(' '))
    expect(sandbox.pikoWell('up', 'feature')).not.to.contain('! ')
    expect(server.sessions()).to.have.members(['mine', FEATURE])
  })

  it("create is refused before anything is created if the user's own session has the name and one is required", () => {
    const config = `plugins: { tmux: required }\ntmux: { socket: ${server.socket} }\n`
    writeFileSync(join(sandbox.project, '.piko.yml'), config)
    server.tmux('new-session', '-d', '-s', FEATURE)
    const { code, stderr } = sandbox.piko(['create', 'feature'])
    expect(stderr).to.contain('TMUX_SESSION_FOREIGN')
    expect(code).to.equal(5)
    expect(sandbox.pikoJson<{ environments: unknown[] }>('list').environments).to.deep.equal([])
    expect(server.sessions()).to.deep.equal([FEATURE])
  })
})
