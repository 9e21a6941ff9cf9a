import { expect } from 'chai'
import { requireEngine } from '#test/support/engine.js'
import { requireRegistry } from '../../../compose/test/support/image-registry.js'
import { askWhoAt } from '../support/ask.js'
import { deploysOf, instancesOf, placeOf, serving } from '../support/stage.js'
import { type DeployWorld, makeWorld } from '../support/world.js'

const files = {
  'compose.yaml': `services:
  web:
    image: nginx
    environment: { DATA: /data/versions }
    volumes: [data:/data]
    stop_grace_period: 1s
volumes: { data: {} }
`,
}

describe('deploy: a service with volumes, and a release command', function () {
  this.timeout(600_000)
  let world: DeployWorld
  before(requireEngine)
  before(requireRegistry)
  before(async () => {
    world = await makeWorld({ files })
    const stage = ['--service', 'web', '--image', world.image, '--port', '80', '--health', '/health']
    await world.project.pikoWell('stage', 'add', 'staging', ...stage, '--release', 'echo "migrates $VERSION"')
    await world.project.pikoWell('settings', 'set', 'health-seconds', '1')
    await world.project.pikoWell('deploy', 'staging', 'v1')
  })
  after(() => world?.dispose())

  it('is stopped before the new one starts, which piko says, and keeps its data', async () => {
    const { exitCode, stderr } = await world.project.piko('deploy', 'staging', 'v2')
    expect([
      exitCode,
      /! web has volumes: it is stopped before the new one starts/.test(stderr),
    ]).to.deep.equal([0, true])
    expect(await askWhoAt(await placeOf(world, 'staging'), '/data')).to.equal('v1 v2 ')
  })

  it('starts the old one again if the new one fails', async () => {
    expect((await world.project.piko('deploy', 'staging', 'v3')).exitCode).to.equal(4)
    expect(await serving(world, 'staging')).to.equal('v2')
    const running = (await instancesOf(world, 'staging')).filter(({ status }) => status === 'running')
    expect(running.map(({ isCurrent }) => isCurrent)).to.deep.equal([true])
  })

  it('runs the command once in each new image, and keeps what it printed', async () => {
    const [, v2] = await deploysOf(world, 'staging')
    expect(await world.project.pikoWell('deploy', 'logs', v2?.id ?? '')).to.match(/info +migrates v2\n/)
  })

  it('starts nothing if the command fails', async () => {
    await world.project.pikoWell('stage', 'update', 'staging', '--release', 'echo no; exit 7')
    const { exitCode, stderr } = await world.project.piko('deploy', 'staging', 'v1')
    expect([exitCode, stderr.includes('ended with 7')]).to.deep.equal([4, true])
    const [failed] = await deploysOf(world, 'staging')
    expect(failed).to.include({ status: 'failed' })
    expect(failed?.output).to.deep.equal(['no'])
    expect(await serving(world, 'staging')).to.equal('v2')
  })
})
