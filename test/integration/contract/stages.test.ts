import { expect } from 'chai'
import { makePluginSandbox, type PluginSandbox } from './support/plugin-sandbox.js'

describe('a run on a stage', function () {
  let sandbox: PluginSandbox
  before(function () {
    sandbox = makePluginSandbox(this, [{ name: 'ship', commands: ['ship'] }])
  })

  it('is rolled back if its second step fails', () => {
    const { code, stderr } = sandbox.piko(['ship', 'production', 'broken'])
    expect(stderr)
      .to.contain('the new version does not answer')
      .and.to.contain('ship 1.0.0, step ship:switch')
    expect(code).to.equal(1)
    expect(sandbox.world.things()).to.deep.equal([])
  })

  it('is rolled back even if an earlier run on that stage succeeded', () => {
    sandbox.pikoWell('ship', 'production', 'v1')
    expect(sandbox.piko(['ship', 'production', 'broken']).code).to.equal(1)
    expect(sandbox.world.things()).to.deep.equal(['live-v1', 'uploaded-production-v1'])
  })
})
