import { createServer } from 'node:net'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { detailsOf } from '@piko/sdk'
import { expect } from 'chai'
import { modelFact } from '@piko/plugin-compose/contract'
import { engine } from '#compose/checks/engine.js'
import { images } from '#compose/steps/images.js'
import { network } from '#compose/steps/network.js'
import { override } from '#compose/steps/override.js'
import { resolve } from '#compose/steps/resolve.js'
import { up } from '#compose/steps/up.js'
import { volumes } from '#compose/steps/volumes.js'
import { docker, dockerLines, requireEngine } from '#test/support/engine.js'
import { subnetsOfOwn } from '#test/support/lanes.js'
import { type ComposeWorld, disposeWorlds, makeWorld } from '../support/world.js'

async function read(url: string): Promise<string> {
  const answer = await fetch(url)
  return (await answer.text()).trim()
}

function portOf(world: ComposeWorld, service: string): number {
  return world.context.fact(modelFact)?.services[service]?.ports[0]?.assigned ?? 0
}

describe('compose: on a real engine', function () {
  before(requireEngine)
  after(disposeWorlds)

  it('runs a difficult project twice, without conflicts', async () => {
    const project = `twice${randomInt(1000)}`
    const [first, second] = [subnetsOfOwn(), subnetsOfOwn()]
    const one = await makeWorld('nasty', { project, environment: 'one', subnets: first })
    const two = await makeWorld('nasty', { project, environment: 'two', subnets: second })
    try {
      await Promise.all([one.up(), two.up()])
      expect(await read(`http://127.0.0.1:${portOf(one, 'app')}/`)).to.equal('hello')
      expect(await read(`http://127.0.0.1:${portOf(two, 'app')}/`)).to.equal('hello')
      const addressOf = (from: string, name: string) =>
        docker('exec', `piko-${project}-${from}-worker-1`, 'sh', '-c', `ping -c1 -w2 ${name} | head -n1`)
      // The old container name still resolves, to this environment's own container.
      expect(addressOf('one', 'nasty-app')).to.contain(`(10.${first}.`)
      expect(addressOf('two', 'nasty-app')).to.contain(`(10.${second}.`)
      expect(docker('network', 'inspect', '--format', '{{.Internal}}', `piko-${project}-one-back`)).to.equal(
        'true',
      )
      const options = docker(
        'network',
        'inspect',
        '--format',
        '{{json .Options}}',
        `piko-${project}-one-front`,
      )
      expect(JSON.parse(options)).to.deep.equal({ 'com.docker.network.driver.mtu': '1400' })
      docker('exec', `piko-${project}-one-app-1`, 'test', '-f', '/src/one.js')
      docker('exec', `piko-${project}-two-worker-1`, 'test', '-f', '/pwd/one.js')
      expect(addressOf('two', 'old-db')).to.contain(`(10.${second}.`)
    } finally {
      await Promise.all([one.dispose(), two.dispose()])
    }
    for (const kind of ['volume', 'network'] as const) {
      expect(dockerLines(kind, 'ls', '-q', '--filter', `label=dev.piko.project=${project}`)).to.deep.equal([])
    }
  })

  it('names the service whose port is taken, and suggests another port', async () => {
    const world = await makeWorld('small')
    for (const step of [resolve, override, volumes, images, network]) await step.do(world.context, undefined)
    const port = portOf(world, 'web')
    const server = createServer().listen(port, '127.0.0.1')
    await once(server, 'listening')
    try {
      const details = detailsOf(await up.do(world.context, undefined).catch((error: unknown) => error))
      expect(details?.code).to.equal('COMPOSE_PORT_TAKEN')
      expect(details?.message).to.equal(`Port ${port} of service web is taken by another program`)
      expect(details?.hints?.[0]).to.contain('piko create feature --port web:80=')
    } finally {
      server.close()
      await world.dispose()
    }
  })

  it('names the container that holds the port', async () => {
    const world = await makeWorld('small')
    for (const step of [resolve, override, volumes, images, network]) await step.do(world.context, undefined)
    const name = `piko-test-${world.project}`
    docker(
      'run',
      '-d',
      '--rm',
      '--init',
      '--name',
      name,
      '-p',
      `127.0.0.1:${portOf(world, 'web')}:80`,
      'busybox',
      'sleep',
      '100',
    )
    try {
      const error = await up.do(world.context, undefined).catch(String)
      expect(error).to.contain('COMPOSE_PORT_TAKEN').and.contain(`taken by the container ${name}`)
    } finally {
      docker('rm', '-f', name)
      await world.dispose()
    }
  })

  it('removes leftovers of `run`, even if the worktree is gone', async () => {
    const world = await makeWorld('small')
    await world.up()
    const { path } = world.context.environment
    const files = ['-f', `${path}/compose.yaml`, '-f', `${path}/docker-compose.piko.yml`]
    docker('compose', '-p', `piko-${world.project}-feature`, ...files, 'run', '-d', 'web', 'sleep', '100')
    await world.context.remove(path)
    await up.undo(world.as('destroy'), undefined)
    expect(
      dockerLines('ps', '-aq', '--filter', `label=dev.piko.root=${world.context.project.root}`),
    ).to.deep.equal([])
    await world.dispose()
  })

  it('restarts containers in place', async () => {
    const world = await makeWorld('small')
    await world.up()
    const id = () => docker('inspect', '--format', '{{.Id}}', `piko-${world.project}-feature-web-1`)
    const started = () =>
      docker('inspect', '--format', '{{.State.StartedAt}}', `piko-${world.project}-feature-web-1`)
    const [before, since] = [id(), started()]
    await up.do(world.as('restart'), undefined)
    expect(id()).to.equal(before)
    expect(started()).to.not.equal(since)
    await world.dispose()
  })

  it('says which engine does not respond', async () => {
    const world = await makeWorld('small')
    world.context.facts.set('compose.engine', { host: 'unix:///nowhere/docker.sock' })
    const result = await engine.run(world.context)
    expect(result.ok ? undefined : result.problem.code).to.equal('COMPOSE_ENGINE_UNREACHABLE')
    expect(result.ok ? undefined : result.problem.message).to.contain('/nowhere/docker.sock')
    world.context.facts.delete('compose.engine')
    await world.dispose()
  })
})
