import { stepLaws } from '@piko/sdk/testing'
import { describe, it } from 'node:test'
import { defineProcesses } from '../src/steps/define.js'
import { startProcesses } from '../src/steps/start.js'
import { makeWorld } from './world.js'

describe('the steps keep the laws', () => {
  for (const law of stepLaws(defineProcesses, () => makeWorld())) it(law.name, law.run)
  for (const law of stepLaws(startProcesses, makeDefinedWorld)) it(law.name, law.run)
})

async function makeDefinedWorld() {
  const world = await makeWorld()
  await defineProcesses.do(world.context, undefined)
  return world
}
