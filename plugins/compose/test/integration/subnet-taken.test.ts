import { expect } from 'chai'
import { network } from '#compose/steps/network.js'
import { docker, requireEngine } from '#test/support/engine.js'
import { disposeWorlds, makeWorld } from '../support/world.js'

describe('compose: a subnet that is taken meanwhile', () => {
  before(requireEngine)
  after(disposeWorlds)

  it('is left to the other, and the network gets the next', async () => {
    const world = await makeWorld('small')
    await world.prepare()
    await network.undo({ ...world.context, verb: 'destroy' }, undefined)
    const other = `${world.project}-other`
    const leased: string[] = []
    // Another program takes the first one between the lease and its use.
    const leaseSubnet = async (key: string, avoid?: readonly string[]) => {
      const subnet = await world.context.leaseSubnet(`${key}${leased.length}`, avoid)
      if (leased.length === 0) docker('network', 'create', '--subnet', subnet, other)
      leased.push(subnet)
      return subnet
    }
    try {
      const { networks } = await network.do({ ...world.context, leaseSubnet }, undefined)
      const [made = ''] = networks
      expect(leased).to.have.lengthOf(2)
      expect(docker('network', 'inspect', '--format', '{{(index .IPAM.Config 0).Subnet}}', made)).to.equal(
        leased[1],
      )
    } finally {
      docker('network', 'rm', other)
    }
    await world.dispose()
  })
})
