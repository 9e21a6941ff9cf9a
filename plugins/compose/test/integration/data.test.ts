import { expect } from 'chai'
import { images } from '#compose/steps/images.js'
import { network } from '#compose/steps/network.js'
import { override } from '#compose/steps/override.js'
import { resolve } from '#compose/steps/resolve.js'
import { up } from '#compose/steps/up.js'
import { volumes } from '#compose/steps/volumes.js'
import { docker, dockerLines, requireEngine } from '#test/support/engine.js'
import { type ComposeWorld, disposeWorlds, imagesOf, makeWorld } from '../support/world.js'

function anonymousOf(world: ComposeWorld): readonly string[] {
  const name = `piko-${world.project}-feature-web-1`
  const template = '{{range .Mounts}}{{println .Name}}{{end}}'
  return dockerLines('inspect', '--format', template, name).filter(volume => volume.length === 64)
}

function exists(kind: 'volume' | 'network', name: string): boolean {
  return dockerLines(kind, 'ls', '--format', '{{.Name}}').includes(name)
}

describe('compose: data', function () {
  before(requireEngine)
  after(disposeWorlds)

  it('survives down, and is removed by destroy: named and anonymous volumes, and images', async () => {
    const world = await makeWorld('small')
    await world.up()
    const data = `piko-${world.project}-feature-data`
    const [anonymous = ''] = anonymousOf(world)
    expect(anonymous).to.have.length(64)
    docker('exec', `piko-${world.project}-feature-web-1`, 'touch', '/data/kept')
    await up.undo(world.as('down'), undefined)
    await network.undo(world.as('down'), undefined)
    expect([exists('volume', data), exists('volume', anonymous)]).to.deep.equal([true, true])
    expect(imagesOf(`piko-${world.project}-feature`)).to.have.length(1)

    await network.do(world.as('up'), undefined)
    await up.do(world.as('up'), undefined)
    expect(docker('exec', `piko-${world.project}-feature-web-1`, 'ls', '/data')).to.equal('kept')
    const [second = ''] = anonymousOf(world)
    await world.dispose()
    expect([data, anonymous, second].map(name => exists('volume', name))).to.deep.equal([false, false, false])
    expect(imagesOf(`piko-${world.project}-feature`)).to.deep.equal([])
  })

  it('never comes from another project', async () => {
    const world = await makeWorld('small')
    const name = `piko-${world.project}-feature-data`
    docker('volume', 'create', name)
    await resolve.do(world.context, undefined)
    const error = await volumes.do(world.context, undefined).catch(String)
    expect(error).to.contain('COMPOSE_VOLUME_FOREIGN').and.contain(name)
    await world.dispose()
    expect(exists('volume', name)).to.equal(true)
    docker('volume', 'rm', name)
  })

  it("never shares another project's network", async () => {
    const world = await makeWorld('small')
    const name = `piko-${world.project}-feature`
    docker('network', 'create', '--subnet', '10.99.200.0/29', name)
    await resolve.do(world.context, undefined)
    expect(await network.do(world.context, undefined).catch(String)).to.contain('COMPOSE_NETWORK_FOREIGN')
    await world.dispose()
    docker('network', 'rm', name)
  })

  it('of an earlier run survives the rollback of a later one', async () => {
    const world = await makeWorld('small')
    await world.up()
    for (const step of [volumes, images, network, up]) await step.do(world.as('up'), undefined)
    const before = await world.observe()
    for (const step of [up, network, images, volumes]) await step.undo(world.as('rollback'), undefined)
    expect(await world.observe()).to.deep.equal(before)
    await world.dispose()
  })

  it('of the current run is rolled back', async () => {
    const world = await makeWorld('small')
    await world.up()
    const [anonymous = ''] = anonymousOf(world)
    for (const step of [up, network, images, volumes, override])
      await step.undo(world.as('rollback'), undefined)
    const nothing = { containers: [], networks: [], volumes: [], mounts: [], override: false }
    expect(await world.observe()).to.deep.equal(nothing)
    expect(exists('volume', anonymous)).to.equal(false)
    await world.dispose()
  })

  it('requires its sources before anything starts', async () => {
    const world = await makeWorld('source-missing')
    await resolve.do(world.context, undefined)
    const error = await volumes.do(world.context, undefined).catch(String)
    expect(error).to.contain('token.txt of secret token does not exist: service web needs it')
    expect(world.context.warnings.map(({ code }) => code)).to.deep.equal(['COMPOSE_SOURCE_ABSENT'])
    expect(exists('volume', `piko-${world.project}-feature-data`)).to.equal(false)
    await world.dispose()
  })
})
