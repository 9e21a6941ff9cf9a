import { expect } from 'chai'
import { existsSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { findNew, newMemory } from '#deploy/watch/look.js'
import { requireEngine } from '#test/support/engine.js'
import { until } from '#test/support/until.js'
import { requireRegistry } from '../../../compose/test/support/image-registry.js'
import { addStage } from '../support/rows.js'
import { serving } from '../support/stage.js'
import { openStore } from '../support/tables.js'
import { type DeployWorld, makeWorld } from '../support/world.js'

type Answer = { readonly stages: readonly { readonly stage: string; readonly deployed: string | null }[] }

describe('deploy: watch', function () {
  this.timeout(600_000)
  let world: DeployWorld
  before(requireEngine)
  before(requireRegistry)
  before(async () => {
    world = await makeWorld()
    world.publish('1.0.0')
  })
  after(() => world?.dispose())

  const once = async () => {
    const { stages } = await world.project.json<Answer>('deploy', 'watch', '--once')
    return stages.map(({ deployed }) => deployed)
  }

  it('has nothing to do without a stage', async () => {
    const { exitCode, stderr } = await world.project.piko('deploy', 'watch', '--once')
    expect([exitCode, stderr.includes('No stage is to be deployed by itself')]).to.deep.equal([3, true])
  })

  it('deploys the newest tag of a range, and each only once', async () => {
    const stage = ['--service', 'web', '--image', world.image, '--port', '80', '--health', '/health']
    await world.project.pikoWell('stage', 'add', 'staging', ...stage, '--tag', '1.x', '--auto')
    expect(await once()).to.deep.equal(['1.0.0'])
    expect(await once()).to.deep.equal([null])
    world.publish('1.1.0')
    world.publish('2.0.0')
    expect(await once()).to.deep.equal(['1.1.0'])
    expect(await serving(world, 'staging')).to.equal('1.1.0')
  })

  it('does not deploy again what was rolled back', async () => {
    await world.project.pikoWell('rollback', 'staging')
    expect(await once()).to.deep.equal([null])
    expect(await serving(world, 'staging')).to.equal('1.0.0')
  })

  it('deploys a fixed tag whose digest has moved', async () => {
    await world.project.pikoWell('stage', 'update', 'staging', '--tag', 'edge')
    world.publish('edge', { VERSION: 'first' })
    expect(await once()).to.deep.equal(['edge'])
    world.publish('edge', { VERSION: 'second' })
    expect(await once()).to.deep.equal(['edge'])
    expect(await serving(world, 'staging')).to.equal('second')
  })

  it('tells which stage has a problem, and still deploys the others', async () => {
    const { project } = world
    await project.pikoWell(
      'stage',
      'add',
      'broken',
      '--service',
      'web',
      '--image',
      '127.0.0.1:9/web',
      '--auto',
    )
    world.publish('edge', { VERSION: 'third' })
    const { exitCode, stderr } = await project.piko('deploy', 'watch', '--once')
    expect([
      exitCode,
      stderr.includes('broken: The registry http://127.0.0.1:9 does not answer'),
    ]).to.deep.equal([4, true])
    expect(await serving(world, 'staging')).to.equal('third')
    await project.pikoWell('stage', 'remove', 'broken')
  })

  it('runs once per machine, and deploys while it runs', async () => {
    const { project } = world
    await project.pikoWell('settings', 'set', 'watch-seconds', '1')
    const watching = project.startPiko('deploy', 'watch')
    await until('the watcher', () => existsSync(join(project.folder, 'home/state/piko/watcher')))
    const second = await project.piko('deploy', 'watch')
    expect([second.exitCode, second.stderr.includes('already has a watcher')]).to.deep.equal([5, true])
    world.publish('edge', { VERSION: 'fourth' })
    await until('the deploy', () => watching.output().includes('✓ staging serves edge'), 60_000)
    watching.kill('SIGINT')
    expect((await watching.ended).exitCode).to.equal(130)
    expect(await serving(world, 'staging')).to.equal('fourth')
  })

  it('asks the registry only for changes', async function () {
    const { server, seen, host } = await recordingProxy(world.registry.host)
    const store = openStore(this)
    const stage = { ...addStage(store, 'staging'), image: `${host}/team/web`, tag: 'v1' }
    const context = { ...store, signal: new AbortController().signal }
    const memory = newMemory()
    for (let look = 0; look < 2; look++) expect(await findNew(context, stage, memory)).to.equal('v1')
    server.close()
    expect(seen.map(({ method, status }) => [method, status])).to.deep.equal([
      ['HEAD', 200],
      ['HEAD', 304],
    ])
    expect(seen[1]?.headers['if-none-match']).to.match(/^"sha256:[0-9a-f]{64}"$/)
  })
})

interface Seen {
  readonly method: string | undefined
  readonly headers: IncomingHttpHeaders
  readonly status: number | undefined
}

/** Passes requests on to a registry, and keeps them. */
async function recordingProxy(registry: string) {
  const seen: Seen[] = []
  const server: Server = createServer((incoming, outgoing) => {
    const { method, url = '/', headers } = incoming
    const [hostname, port] = registry.split(':')
    request({ host: hostname, port, path: url, method, headers }, answer => {
      seen.push({ method, headers, status: answer.statusCode })
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers)
      answer.pipe(outgoing)
    }).end()
  }).listen(0, '127.0.0.1')
  await new Promise(done => server.once('listening', done))
  const { port } = server.address() as AddressInfo // it listens on a port
  return { server, seen, host: `127.0.0.1:${port}` }
}
