import { requireEngine } from '#test/support/engine.js'
import { type Machine, makeMachine } from './machine.js'
import { type CaddyWorld, makeEnvironment } from './world.js'

/** Runs the environments `one` and `two` of two projects behind a proxy, for the tests of a suite. */
export function useTwoEnvironments() {
  let machine: Machine
  let one: CaddyWorld
  let two: CaddyWorld
  before(requireEngine)
  before(async () => {
    machine = makeMachine()
    one = await makeEnvironment(machine, { environment: 'one', config: { services: { web: {} } } })
    two = await makeEnvironment(machine, { environment: 'two', config: { services: { web: {} } } })
    await Promise.all([one.up(), two.up()])
  })
  after(async () => {
    await one.dispose()
    await two.dispose()
    machine.dispose()
  })
  return { machine: () => machine, one: () => one, two: () => two, port: () => machine.ports().http }
}
