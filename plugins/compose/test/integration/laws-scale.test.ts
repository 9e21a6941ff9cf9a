import { existsSync, readFileSync } from 'node:fs'
import { stepLaws, type World } from '@piko/sdk/testing'
import { expect } from 'chai'
import { modelFact, requestedReplicasFact } from '@piko/plugin-compose/contract'
import { scaleFile } from '#compose/docker.js'
import { findSurplus } from '#compose/scale/surplus.js'
import { override } from '#compose/steps/override.js'
import { resolve } from '#compose/steps/resolve.js'
import { scale } from '#compose/steps/scale.js'
import { type ComposeWorld, disposeWorlds, makeWorld } from '../support/world.js'

type Context = ComposeWorld['context']

async function worldWith(requested: Readonly<Record<string, number>>): Promise<World<Context>> {
  const world = await makeWorld('small')
  for (const step of [resolve, override]) await step.do(world.context, undefined)
  world.context.publish(requestedReplicasFact, requested)
  const file = scaleFile(world.context.environment)
  return {
    context: world.context,
    observe: async () => (existsSync(file) ? readFileSync(file, 'utf8') : null),
    dispose: () => world.dispose(),
  }
}

describe('compose: the step that counts replicas', function () {
  after(disposeWorlds)

  for (const { name, run } of stepLaws(scale, () => worldWith({ web: 0 }))) it(name, run)

  it('writes nothing by default, and removes a count that is the default', async () => {
    const world = await worldWith({ web: 1, gone: 3 })
    await scale.do(world.context, undefined)
    expect(await world.observe()).to.equal(null)
    await world.dispose()
  })

  it('removes replicas beyond the count or after a gap', async () => {
    const world = await worldWith({})
    const model = world.context.fact(modelFact)
    if (!model) throw new Error('no model')
    const containers = (numbers: readonly number[]) =>
      numbers.map(replica => ({ id: `${replica}`, service: 'web', replica, isOneOff: false }))
    const surplus = (numbers: readonly number[], web: number) =>
      findSurplus({ model, containers: containers(numbers), requested: { web } })
    expect(surplus([1, 2, 3], 3)).to.deep.equal([])
    expect(surplus([1, 2, 3], 1)).to.deep.equal(['2', '3'])
    expect(surplus([1, 3], 3)).to.deep.equal(['3'])
    expect(surplus([2], 1)).to.deep.equal(['2'])
    expect(surplus([1], 0)).to.deep.equal(['1'])
    await world.dispose()
  })
})
