import { expect } from 'chai'
import { makePluginSandbox, type PluginSandbox } from './support/plugin-sandbox.js'

const filling = { create: { 'fill-stores': { type: 'boolean', summary: 'Fill volumes from main' } } }
const draining = { down: { pool: { type: 'boolean', summary: 'Drain the pool instead', run: 'pool.drain' } } }
const fakes = [
  { name: 'engine' },
  { name: 'pool', commands: ['pool', 'unpool'], flags: draining },
  { name: 'stores', flags: filling },
  { name: 'proxy' },
  { name: 'session' },
]

describe('five plugins independent of core', function () {
  let sandbox: PluginSandbox
  const steps = () => sandbox.world.log()
  const since = (before: number) => steps().slice(before)

  before(function () {
    sandbox = makePluginSandbox(this, fakes)
    sandbox.pikoWell('pool', 'redis')
    sandbox.pikoWell('create', 'one', '--fill-stores')
  })

  it('attach a shared container between network and containers, after filling the volume', () => {
    expect(steps()).to.deep.equal([
      '+pool-redis',
      '+volume-one',
      '+network-one',
      '+attached-redis-one',
      '+containers-one',
      '+proxy',
      '+entry-one',
      '+proxied-one',
      '+session-one',
    ])
  })

  it('undo in reverse order what `down` undoes, and keep the entry, the session and the proxy', () => {
    const before = steps().length
    sandbox.pikoWell('down', 'one')
    expect(since(before)).to.deep.equal([
      '-proxied-one',
      '-containers-one',
      '-attached-redis-one',
      '-network-one',
    ])
    expect(sandbox.world.things()).to.include.members(['proxy', 'entry-one', 'session-one', 'volume-one'])
  })

  it('start again without touching the data', () => {
    const before = steps().length
    sandbox.pikoWell('up', 'one')
    expect(since(before)).to.deep.equal([
      '+network-one',
      '+attached-redis-one',
      '+containers-one',
      '+entry-one',
      '+proxied-one',
    ])
  })

  it('make `destroy` ask before it removes their data', () => {
    const before = steps().length
    const { code, stderr } = sandbox.piko(['destroy', 'one'])
    expect(code).to.equal(5)
    expect(stderr).to.contain('DATA_WOULD_BE_LOST').and.to.contain('The volume postgres_data')
    expect(since(before)).to.deep.equal([])
  })

  it('leave only data and shared parts after `destroy --keep-volumes`', () => {
    const before = steps().length
    sandbox.pikoWell('destroy', 'one', '--yes', '--keep-volumes')
    expect(since(before)).to.deep.equal([
      '-session-one',
      '-proxied-one',
      '-entry-one',
      '-containers-one',
      '-attached-redis-one',
      '-network-one',
    ])
    expect(sandbox.world.things()).to.deep.equal(['pool-redis', 'proxy', 'volume-one'])
  })

  it('lose their data after `destroy --yes`', () => {
    sandbox.pikoWell('create', 'two')
    sandbox.pikoWell('destroy', 'two', '--yes')
    expect(sandbox.world.things()).to.deep.equal(['pool-redis', 'proxy', 'volume-one'])
  })

  it('lease the project’s ports outside every environment’s block', () => {
    expect(sandbox.world.read('pool-redis')).to.match(/^100\d\d$/)
  })

  it("keep an earlier run's work when a failed run is settled", () => {
    sandbox.world.make('break-pool')
    expect(sandbox.piko(['pool', 'redis']).stderr).to.contain('the pool leaks')
    sandbox.world.take('break-pool')
    expect(sandbox.piko(['doctor']).stdout).to.contain('✗ pool.share redis was interrupted')
    expect(sandbox.pikoWell('doctor', '--fix')).to.contain('✓ Undid what pool.share redis had not finished')
    expect(sandbox.world.things()).to.include('pool-redis')
    expect(sandbox.piko(['doctor']).stdout).not.to.contain('interrupted')
  })

  it('act on a flag of `down` that is about the project, after asking', () => {
    const before = sandbox.world.things()
    const { code, stderr } = sandbox.piko(['down', '--pool'])
    expect([code, stderr]).to.deep.equal([
      5,
      '✗ Cannot ask without a terminal: Drain the pool, which has redis?\n  ANSWER_NEEDED\n↳ To skip the question, add `--yes`\n',
    ])
    expect(sandbox.world.things()).to.deep.equal(before)
    expect(sandbox.pikoWell('down', '--pool', '--yes')).to.equal('✓ Drained redis\n')
    expect(sandbox.world.things()).to.deep.equal([...before, 'drained'].sort())
  })

  it('undo a shared service in another process, from its receipt', () => {
    sandbox.pikoWell('unpool', 'redis')
    expect(sandbox.world.things()).to.deep.equal(['drained', 'proxy', 'volume-one'])
    sandbox.pikoWell('create', 'three')
    expect(steps()).not.to.include('+attached-redis-three')
  })
})
