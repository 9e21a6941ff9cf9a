import { expect } from 'chai'
import { cpSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { docker, requireEngine } from '#test/support/engine.js'
import { requireRegistry } from '../../../compose/test/support/image-registry.js'
import { instancesOf } from '../support/stage.js'
import { type DeployWorld, makeWorld } from '../support/world.js'

describe('deploy: a stage on the engine of a Docker context', function () {
  this.timeout(600_000)
  let world: DeployWorld
  before(requireEngine)
  before(requireRegistry)
  before(async () => {
    const made = await makeWorld()
    const config = join(made.project.folder, 'docker')
    const own = made.project.place.env['DOCKER_CONFIG'] ?? ''
    if (existsSync(own)) cpSync(own, config, { recursive: true })
    world = { ...made, project: made.project.at(made.project.root, { DOCKER_CONFIG: config }) }
    const host = docker('context', 'inspect', '--format', '{{.Endpoints.docker.Host}}')
    await world.project.run('docker', 'context', 'create', 'other', '--docker', `host=${host}`)
    const stage = ['--service', 'web', '--image', world.image, '--engine', 'other']
    await world.project.pikoWell('stage', 'add', 'staging', ...stage)
  })
  after(() => world?.dispose())

  it('runs there, without a port too', async () => {
    expect(await world.project.pikoWell('deploy', 'staging', 'v1')).to.equal('✓ staging serves v1\n')
    const [instance] = await instancesOf(world, 'staging')
    expect(docker('inspect', '--format', '{{.State.Status}}', instance?.container ?? '')).to.equal('running')
  })

  it('has no host name, since the proxy is elsewhere', async () => {
    await world.project.pikoWell('stage', 'update', 'staging', '--port', '80')
    const { exitCode, stderr } = await world.project.piko('deploy', 'staging', 'v2')
    expect([exitCode, stderr.includes('staging cannot have a host name')]).to.deep.equal([3, true])
  })

  it('is not moved while it has containers', async () => {
    const { exitCode } = await world.project.piko('stage', 'update', 'staging', '--engine', 'default')
    expect(exitCode).to.equal(5)
  })
})
