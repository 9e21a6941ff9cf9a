import { expect } from 'chai'
import { docker, dockerLines, requireEngine } from '#test/support/engine.js'
import { until } from '#test/support/until.js'
import { requireRegistry } from '../../../compose/test/support/image-registry.js'
import { askWhoAt } from '../support/ask.js'
import { startLoad } from '../support/load.js'
import {
  type DeployAnswer,
  deploysOf,
  instancesOf,
  placeOf,
  readStatuses,
  serving,
} from '../support/stage.js'
import { type DeployWorld, makeWorld } from '../support/world.js'

/** For the full measurement, set it to 100000. */
const requests = Number(process.env['PIKO_TEST_REQUESTS'] ?? 4000)

describe('deploy: a stage', function () {
  this.timeout(900_000)
  let world: DeployWorld
  before(requireEngine)
  before(requireRegistry)
  before(async () => {
    world = await makeWorld()
    const { project, image } = world
    await project.pikoWell('registry', 'add', 'local', '--url', `http://${world.registry.host}`)
    await project.pikoWell(
      'stage',
      'add',
      'staging',
      '--service',
      'web',
      '--image',
      image,
      '--port',
      '80',
      '--health',
      '/health',
    )
    await project.pikoWell('settings', 'set', 'health-seconds', '2')
    await project.pikoWell('settings', 'set', 'drain-seconds', '900') // the WebSocket lasts as long as the load
  })
  after(() => world?.dispose())

  const piko = (...words: readonly string[]) => world.project.piko(...words)
  const pikoWell = (...words: readonly string[]) => world.project.pikoWell(...words)

  it('has no URL before the first deploy', async () => {
    const shown = await world.project.json<{ url: unknown; serving: unknown }>('stage', 'show', 'staging')
    expect([shown.url, shown.serving]).to.deep.equal([null, null])
  })

  it('refuses a tag that the registry does not have, and has started nothing', async () => {
    const { exitCode, stderr } = await piko('deploy', 'staging', 'v0')
    expect(exitCode).to.equal(3)
    expect(stderr).to.contain(`The registry has no ${world.image}:v0`)
    const [failed] = await deploysOf(world, 'staging')
    expect(failed).to.include({ tag: 'v0', status: 'failed', step: 'Resolving images' })
    expect(await instancesOf(world, 'staging')).to.deep.equal([])
  })

  it('serves v1, pinned by its digest, after the first deploy, which starts the proxy', async () => {
    expect(await pikoWell('deploy', 'staging', 'v1')).to.match(
      /^✓ staging serves v1 at http:\/\/staging\.localhost/,
    )
    expect(await serving(world, 'staging')).to.equal('v1')
    const [instance] = await instancesOf(world, 'staging')
    expect(instance).to.include({ service: 'web', status: 'running', isCurrent: true })
    expect(instance?.image).to.match(/:v1@sha256:[0-9a-f]{64}$/)
    const running = docker('inspect', '--format', '{{.Config.Image}}', instance?.container ?? '')
    expect(running).to.equal(`${world.image}@${instance?.image.split('@')[1]}`)
  })

  it('shows what it did', async () => {
    const [{ id } = { id: '' }] = await deploysOf(world, 'staging')
    const lines = await pikoWell('deploy', 'logs', id.slice(0, 8), '-f')
    expect(lines).to.contain('Pulling images').and.contain('Recording the release')
  })

  it('goes to v2 and refuses v3 without losing a request', async () => {
    const place = await placeOf(world, 'staging')
    const load = await startLoad(place)
    const { project } = world
    const deploying = project.startPiko('deploy', 'staging', 'v2', '--json')
    await until('v2', async () => (await askWhoAt(place)) === 'v2', 120_000)
    const broken = await piko('deploy', 'staging', 'v3')
    expect([broken.exitCode, await askWhoAt(place)]).to.deep.equal([4, 'v2'])
    await until('enough requests', () => load.count() >= requests, 800_000)
    const result = await load.stop()
    console.log(`      ${result.count} requests: ${JSON.stringify(result.answers)}, ${result.echoes} echoes`)
    expect(result.failures).to.deep.equal([])
    expect(Object.keys(result.answers).sort()).to.deep.equal(['v1', 'v2'])
    expect((await deploying.ended).exitCode).to.equal(0)
  })

  it('keeps why v3 was rolled back', async () => {
    const v3 = (await deploysOf(world, 'staging')).find(({ tag }) => tag === 'v3')
    expect(v3).to.include({ status: 'rolled_back', step: 'Checking its health' })
    expect(v3?.error).to.equal('web answers 500 on /health after 2 s')
    expect(v3?.response).to.deep.equal({ status: 500, lines: ['v3 is not well', 'its database is missing'] })
    expect(v3?.output).to.deep.equal(['v3 starts'])
    const all = await instancesOf(world, 'staging')
    const states = all.map(({ status, isCurrent }) => [status, isCurrent])
    expect(states).to.deep.equal([
      ['stopped', false],
      ['running', true],
      ['failed', false],
    ])
    const removed = all[2]?.container ?? ''
    expect(dockerLines('ps', '-a', '--format', '{{.Names}}'))
      .to.include(all[0]?.container)
      .and.not.include(removed)
  })

  const isOurs = (name: string) => name.includes(world.project.mark)

  it('rolls back to v1 and no further, and forward to v2', async () => {
    const { project } = world
    const answer = await project.json<DeployAnswer>('rollback', 'staging')
    expect(answer).to.include({ kind: 'rollback', tag: 'v1', status: 'success' })
    expect(await serving(world, 'staging')).to.equal('v1')
    const refused = await piko('rollback', 'staging')
    expect([refused.exitCode, refused.stderr.includes('no earlier release')]).to.deep.equal([3, true])
    await pikoWell('rollback', 'staging', '--to', 'v2')
    expect(await serving(world, 'staging')).to.equal('v2')
    expect((await piko('rollback', 'staging', '--to', 'v2')).stderr).to.contain('already serves that release')
  })

  it('keeps as many old releases as set, and starts the images of one that it removed', async () => {
    await pikoWell('settings', 'set', 'keep', '0')
    await pikoWell('deploy', 'staging', 'v2')
    const left = (await instancesOf(world, 'staging')).filter(({ status }) => status !== 'failed')
    expect(left.map(({ status }) => status)).to.deep.equal(['running'])
    await pikoWell('rollback', 'staging', '--to', 'v1')
    expect(await serving(world, 'staging')).to.equal('v1')
    await pikoWell('settings', 'set', 'keep', '2')
  })

  it('queues deploys, and says what one waits for', async () => {
    await pikoWell('settings', 'set', 'health-seconds', '15')
    const first = world.project.startPiko('deploy', 'staging', 'v3')
    await until('the first', () => readStatuses(world).includes('health_checking'))
    const second = await piko('deploy', 'staging', 'v2')
    expect([second.exitCode, (await first.ended).exitCode]).to.deep.equal([0, 4])
    expect(second.stderr).to.match(/Waiting for the deploy of v3 to staging/)
    expect(await serving(world, 'staging')).to.equal('v2')
  })

  it('lets requests to the old release finish', async () => {
    const place = await placeOf(world, 'staging')
    const slow = askWhoAt(place, '/slow')
    await pikoWell('deploy', 'staging', 'v1')
    expect(await slow).to.equal('v2')
  })

  it('asks before it is removed, and leaves nothing', async () => {
    const refused = await piko('stage', 'remove', 'staging')
    expect([refused.exitCode, refused.stderr.includes('--yes')]).to.deep.equal([5, true])
    await pikoWell('stage', 'remove', 'staging', '--yes')
    const lists = world.project.engine()
    const own = [...lists.containers, ...lists.networks, ...lists.volumes].filter(isOurs)
    expect(own).to.deep.equal([])
    expect(await deploysOf(world, 'staging').catch((error: unknown) => String(error))).to.contain(
      'There is no stage',
    )
  })
})
