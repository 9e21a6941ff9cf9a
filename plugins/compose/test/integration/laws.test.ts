import { dependenciesFact, type Dependency } from '@piko/sdk'
import { stepLaws, type World } from '@piko/sdk/testing'
import { dependencies } from '#compose/steps/dependencies.js'
import { images } from '#compose/steps/images.js'
import { network } from '#compose/steps/network.js'
import { override } from '#compose/steps/override.js'
import { resolve } from '#compose/steps/resolve.js'
import { select } from '#compose/steps/select.js'
import { up } from '#compose/steps/up.js'
import { volumes } from '#compose/steps/volumes.js'
import { docker, requireEngine } from '#test/support/engine.js'
import { type ComposeWorld, imagesOf, makeWorld } from '../support/world.js'

type Context = ComposeWorld['context']

/** A world in which every earlier step is done. */
function worldBefore(
  steps: readonly { do(context: Context, before: undefined): Promise<unknown> }[],
  decided: readonly Dependency[] = [],
) {
  return async (): Promise<World<Context>> => {
    const world = await makeWorld('small')
    world.context.facts.set(dependenciesFact.id, decided)
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

/** A folder that a container of `web` fills. */
const installed: Dependency = {
  path: 'lib',
  how: 'installed',
  command: 'echo made >lib/made',
  seen: [{ service: 'web', target: '/srv/lib' }],
}

describe('compose: laws of every step', function () {
  this.timeout(240_000)
  before(requireEngine)

  const suites = [
    stepLaws(override, worldBefore([resolve])),
    stepLaws(volumes, worldBefore([resolve, override])),
    stepLaws(images, worldBefore([resolve, override, volumes])),
    stepLaws(network, worldBefore([resolve, override, volumes, images])),
    stepLaws(dependencies, worldBefore([resolve, override, volumes, images, network], [installed])),
    stepLaws(up, worldBefore([resolve, override, volumes, images, network])),
    // These two create leases and facts, which core removes.
    stepLaws(resolve, worldBefore([])).filter(({ name }) => !/changes the world|restores/.test(name)),
    stepLaws(select, worldBefore([])).filter(({ name }) => !/changes the world|restores/.test(name)),
  ]
  for (const { name, run } of suites.flat()) it(name, run)

  it('requires the image that the fixtures are built from', () => void docker('image', 'inspect', 'busybox'))
})
