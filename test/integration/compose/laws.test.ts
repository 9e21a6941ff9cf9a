import { stepLaws, type World } from '@piko/sdk/testing'
import { images } from '@piko/plugin-compose/dist/steps/images.js'
import { network } from '@piko/plugin-compose/dist/steps/network.js'
import { override } from '@piko/plugin-compose/dist/steps/override.js'
import { resolve } from '@piko/plugin-compose/dist/steps/resolve.js'
import { up } from '@piko/plugin-compose/dist/steps/up.js'
import { volumes } from '@piko/plugin-compose/dist/steps/volumes.js'
import { docker, requireEngine } from '../../support/engine.js'
import { type ComposeWorld, imagesOf, makeWorld } from './support/world.js'

type Context = ComposeWorld['context']

/** A world in which everything that goes before the step is done. */
function worldBefore(steps: readonly { do(context: Context, before: undefined): Promise<unknown> }[]) {
  return async (): Promise<World<Context>> => {
    const world = await makeWorld('small')
    for (const step of steps) await step.do(world.context, undefined)
    return {
      context: world.context,
      observe: async () => ({
        world: await world.observe(),
        images: [...imagesOf(`piko-${world.project}-feature`)],
      }),
      dispose: () => world.dispose(),
    }
  }
}

describe('compose: every step keeps the laws', function () {
  this.timeout(60_000)
  before(requireEngine)

  const suites = [
    stepLaws(override, worldBefore([resolve])),
    stepLaws(volumes, worldBefore([resolve, override])),
    stepLaws(images, worldBefore([resolve, override, volumes])),
    stepLaws(network, worldBefore([resolve, override, volumes, images])),
    stepLaws(up, worldBefore([resolve, override, volumes, images, network])),
    // What `resolve` makes are leases and facts, which core takes back.
    stepLaws(resolve, worldBefore([])).filter(({ name }) => !/changes the world|restores/.test(name)),
  ]
  for (const { name, run } of suites.flat()) it(name, run)

  it('needs the image that the fixtures are built from', () => void docker('image', 'inspect', 'busybox'))
})
