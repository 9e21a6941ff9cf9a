import { stepLaws, type World } from '@piko/sdk/testing'
import type { StepContext } from '@piko/sdk'
import type { VolumesConfig } from '#volumes/config.js'
import { copy } from '#volumes/steps/copy.js'
import { sources } from '#volumes/steps/sources.js'
import { docker, requireEngine } from '#test/support/engine.js'
import { everything, inVolume } from '../support/contents.js'
import { composeSteps } from '../../../compose/test/support/world.js'
import { disposeVolumesWorlds, makeVolumesWorld } from '../support/world.js'

type Context = StepContext<VolumesConfig>

/** A main stack with data, and an environment with empty volumes. */
async function worldBefore(): Promise<World<Context>> {
  const world = await makeVolumesWorld({ config: { copy: ['files'] } })
  docker('volume', 'create', world.main('files'))
  inVolume(world.main('files'), 'echo data > plain; mkdir folder; ln plain folder/hard')
  await world.prepare()
  return {
    context: world.context,
    observe: async () => everything(world.own('files')).replace(/^\. .*$/m, ''), // emptying it changes its time
    dispose: () => world.dispose(),
  }
}

/** `sources` only creates facts, which core removes, so the laws about the world do not apply. */
async function worldOfFacts(): Promise<World<Context>> {
  const world = await makeVolumesWorld({ config: { shared: ['media'] } })
  await composeSteps.resolve.do(world.compose.context, undefined)
  return {
    context: world.context,
    observe: async () => world.compose.context.facts.get('volumes.shared') ?? null,
    dispose: () => world.dispose(),
  }
}

describe('volumes: laws of every step', function () {
  before(requireEngine)
  after(disposeVolumesWorlds)

  const suites = [
    stepLaws(copy, worldBefore),
    stepLaws(sources, worldOfFacts).filter(({ name }) => !/restores/.test(name)),
  ]
  for (const { name, run } of suites.flat()) it(name, run)
})
