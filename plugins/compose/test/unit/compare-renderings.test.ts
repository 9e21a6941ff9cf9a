import { expect } from 'chai'
import { compareRenderings } from '#compose/sync/compare.js'

describe('compose: what sync reports', () => {
  it('compares by service, item and value, not by reason', () => {
    const change = { service: 'web', what: 'port 80/tcp', from: '80', to: '10180', because: 'one' }
    const rendering = { changes: [change], ports: { 'web:80/tcp': 10180 }, services: ['web'] }
    const same = { ...rendering, changes: [{ ...change, because: 'another' }] }
    expect(compareRenderings(rendering, same).added).to.deep.equal([])
    const moved = { ...rendering, changes: [{ ...change, to: '10181' }] }
    const { added, removed } = compareRenderings(rendering, moved)
    expect([added.length, removed.length]).to.deep.equal([1, 1])
  })
})
