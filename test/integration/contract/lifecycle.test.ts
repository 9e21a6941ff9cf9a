import { expect } from 'chai'
import { makeSandbox, type Sandbox } from './support/sandbox.js'

const flags = { create: { 'copy-volumes': { type: 'boolean', summary: 'Fill volumes from main' } } }
const fakes = [
  { name: 'engine' },
  { name: 'shared', commands: ['share', 'isolate'] },
  { name: 'volumes', flags },
  { name: 'proxy' },
  { name: 'session' },
]

describe('five plugins that know nothing of core', function () {
  this.timeout(60_000)
  let sandbox: Sandbox
  const steps = () => sandbox.world.log()
  const since = (before: number) => steps().slice(before)

  before(function () {
    sandbox = makeSandbox(this, fakes)
    sandbox.pikoWell('share', 'redis')
    sandbox.pikoWell('create', 'one', '--copy-volumes')
  })

  it('attach a shared container between the network and the containers, after the volume is filled', () => {
    expect(steps()).to.deep.equal([
      '+shared-redis',
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

  it('take back in the reverse order what `down` takes back, and keep the entry, the session and the proxy', () => {
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

  it('go up again without touching the data', () => {
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

  it('have their data asked for by `destroy`', () => {
    const before = steps().length
    const { code, stderr } = sandbox.piko(['destroy', 'one'])
    expect(code).to.equal(5)
    expect(stderr).to.contain('DATA_WOULD_BE_LOST').and.to.contain('The volume postgres_data')
    expect(since(before)).to.deep.equal([])
  })

  it('leave nothing but the data and what is shared after `destroy --keep-volumes`', () => {
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
    expect(sandbox.world.things()).to.deep.equal(['proxy', 'shared-redis', 'volume-one'])
  })

  it('lose their data after `destroy --yes`', () => {
    sandbox.pikoWell('create', 'two')
    sandbox.pikoWell('destroy', 'two', '--yes')
    expect(sandbox.world.things()).to.deep.equal(['proxy', 'shared-redis', 'volume-one'])
  })

  it('take a shared service back in another process, from its receipt', () => {
    sandbox.pikoWell('isolate', 'redis')
    expect(sandbox.world.things()).to.deep.equal(['proxy', 'volume-one'])
    sandbox.pikoWell('create', 'three')
    expect(steps()).not.to.include('+attached-redis-three')
  })
})
