import { expect } from 'chai'
import { join } from 'node:path'
import { type Server, serverAt } from '../support/server.js'
import { site } from '#test/support/compose-projects.js'
import { requireTool } from '#test/support/require-tool.js'
import { useScenario } from '#test/support/scenario.js'
import { until } from '#test/support/until.js'

describe('an environment has a session in tmux', () => {
  const scenario = useScenario()
  let server: Server
  before(function () {
    requireTool(this, 'tmux')
  })
  afterEach(() => server.kill())

  it("with its services' logs, and windows in their containers", async () => {
    const config = `plugins: [compose, tmux]
tmux:
  socket: ../socket
  windows: [{ name: inside, service: web, command: 'echo "in $(hostname)"' }]
`
    const project = await scenario.project({ files: site, config })
    server = serverAt(join(project.folder, 'socket'))
    await project.pikoWell('create', 'feature-auth')
    const session = `piko/${project.mark}/feature-auth`
    expect(server.windows(session)).to.deep.equal(['shell', 'inside', 'web'])
    await server.shows(`=${session}:inside`, /^in [0-9a-f]{12}$/m)
    const { PIKO_WEB_PORT: port = '' } = await project.json<Record<string, string>>('env', 'feature-auth')
    await fetch(`http://127.0.0.1:${port}/hello-there`)
    await server.shows(`=${session}:web`, 'GET /hello-there')

    await project.pikoWell('down', 'feature-auth')
    const isDead = () =>
      server.tmux('list-panes', '-t', `=${session}:web`, '-F', '#{pane_dead}').trim() === '1'
    await until('the end of the logs', isDead)
    await project.pikoWell('up', 'feature-auth')
    expect(isDead()).to.equal(false)
    await fetch(`http://127.0.0.1:${port}/again`)
    await server.shows(`=${session}:web`, 'GET /again')

    await project.pikoWell('destroy', 'feature-auth', '--yes')
    expect(server.sessions()).to.deep.equal([])
  })
})
