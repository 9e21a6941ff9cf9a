import { expect } from 'chai'
import { join } from 'node:path'
import { openForReading } from '#src/state/open.js'
import { docker, requireEngine } from '#test/support/engine.js'
import { until } from '#test/support/until.js'
import { requireRegistry } from '../../../compose/test/support/image-registry.js'
import { askWhoAt } from '../support/ask.js'
import { deploysOf, instancesOf, placeOf } from '../support/stage.js'
import { type DeployWorld, makeWorld } from '../support/world.js'

/** What a deploy logs when each step begins, and how many milliseconds later it is killed. */
const moments = [
  ['Resolving images', 0],
  ['Pulling images', 0],
  ['Starting the new release', 0],
  ['Starting the new release', 400],
  ['Starting the new release', 800],
  ['Checking its health', 0],
  ['Checking its health', 150],
  ['Routing to the new release', 0],
  ['Routing to the new release', 60],
  ['Recording the release', 0],
  ['Recording the release', 20],
  ['Recording the release', 500],
] as const

describe('deploy: kill -9', function () {
  this.timeout(900_000)
  let world: DeployWorld
  before(requireEngine)
  before(requireRegistry)
  before(async () => {
    world = await makeWorld()
    const { project, image } = world
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
    await project.pikoWell('deploy', 'staging', 'v1')
  })
  after(() => world?.dispose())

  /** The number of times that the log has this line. */
  function countLines(message: string): number {
    const state = openForReading(join(world.project.root, '.piko/state.db'))
    const found = state?.prepare('SELECT count(*) FROM deploy_logs WHERE message = ?').pluck().get(message)
    state?.close()
    return Number(found)
  }

  async function killAt(message: string, delay: number, tag: string): Promise<void> {
    const before = countLines(message)
    const deploying = world.project.startPiko('deploy', 'staging', tag)
    await until(message, () => countLines(message) > before)
    await new Promise(done => setTimeout(done, delay))
    deploying.kill('SIGKILL')
    await deploying.ended
  }

  let now = 'v1'
  for (const [message, delay] of moments)
    it(`"${message}" and ${delay} ms: the next command recovers`, async () => {
      const next = now === 'v1' ? 'v2' : 'v1'
      const place = await placeOf(world, 'staging')
      await killAt(message, delay, next)
      const meanwhile = await askWhoAt(place)
      const [killed] = await deploysOf(world, 'staging')
      const after = await askWhoAt(place)
      console.log(
        `      ${message} + ${delay} ms | ${meanwhile} at once | ${killed?.status} | ${after} afterwards`,
      )
      expect([meanwhile, after]).to.satisfy((seen: string[]) =>
        seen.every(one => one === now || one === next),
      )
      expect(after).to.equal(killed?.status === 'success' ? next : now)
      expect(killed?.status).to.be.oneOf(['failed', 'rolled_back', 'success'])
      now = after
      const running = (await instancesOf(world, 'staging')).filter(({ status }) => status === 'running')
      expect(running.map(({ isCurrent }) => isCurrent)).to.deep.equal([true])
      const containers = docker(
        'ps',
        '--format',
        '{{.Names}}',
        '--filter',
        `name=${world.project.mark}-staging-web`,
      )
      expect(containers.split('\n')).to.deep.equal(running.map(({ container }) => container))
    })

  it('a deploy works as before', async () => {
    await world.project.pikoWell('deploy', 'staging', 'v1')
    expect(await askWhoAt(await placeOf(world, 'staging'))).to.equal('v1')
  })
})
