import { detailsOf } from '@piko/sdk'
import { expect } from 'chai'
import { images } from '@piko/plugin-compose/dist/steps/images.js'
import { network } from '@piko/plugin-compose/dist/steps/network.js'
import { override } from '@piko/plugin-compose/dist/steps/override.js'
import { resolve } from '@piko/plugin-compose/dist/steps/resolve.js'
import { volumes } from '@piko/plugin-compose/dist/steps/volumes.js'
import { docker, requireEngine } from '../../support/engine.js'
import { disposeWorlds, makeWorld } from './support/world.js'

describe('compose: configs, secrets and what is external', function () {
  this.timeout(120_000)
  before(requireEngine)
  after(disposeWorlds)

  it('are in the container at their targets, read-only, from files, variables and the Compose file', async () => {
    const world = await makeWorld('sources')
    await world.up()
    const container = `piko-${world.project}-feature-app-1`
    const read = (path: string) => docker('exec', container, 'cat', path)
    expect(read('/text')).to.equal('greeting=hello ${LITERAL}')
    expect(read('/etc/app.conf')).to.equal('from=file')
    expect(read('/variable')).to.equal('config of .env')
    expect(read('/run/secrets/file')).to.equal('token')
    expect(read('/run/secrets/renamed')).to.equal('secret of .env')
    for (const path of ['/etc/app.conf', '/run/secrets/file']) {
      expect(() => docker('exec', container, 'sh', '-c', `echo x > ${path}`)).to.throw(/Read-only/)
    }
    expect(world.context.warnings).to.deep.equal([])
    await world.dispose()
  })

  it('are named before anything starts when their source is not there', async () => {
    const world = await makeWorld('sources-absent')
    await resolve.do(world.context, undefined)
    const said = world.context.warnings.map(({ message }) => message).join('\n')
    expect(said).to.contain('secret variable').and.contain('APP_TEST_NOWHERE')
    expect(said).to.contain('no-such-file of secret file').and.contain('config elsewhere is external')
    await override.do(world.context, undefined)
    const error: unknown = await volumes.do(world.context, undefined).catch((reason: unknown) => reason)
    expect(detailsOf(error)?.code).to.be.oneOf(['COMPOSE_SOURCE_MISSING', 'COMPOSE_SOURCE_EXTERNAL'])
    expect(detailsOf(error)?.message).to.contain('service app needs it')
    await world.dispose()
  })

  it('are named before anything starts when an external network or volume is not there', async () => {
    const world = await makeWorld('external-absent')
    for (const step of [resolve, override]) await step.do(world.context, undefined)
    const first = await volumes.do(world.context, undefined).catch(String)
    expect(first)
      .to.contain('COMPOSE_NETWORK_MISSING')
      .and.contain('piko-test-no-such-network of app is not there')
    docker('network', 'create', 'piko-test-no-such-network')
    try {
      const second = await volumes.do(world.context, undefined).catch(String)
      expect(second)
        .to.contain('COMPOSE_VOLUME_MISSING')
        .and.contain('piko-test-no-such-volume of app is not there')
    } finally {
      docker('network', 'rm', 'piko-test-no-such-network')
      await world.dispose()
    }
  })

  it('lets one service be built upon what another one builds', async () => {
    const world = await makeWorld('base-images')
    for (const step of [resolve, override, volumes, images, network]) await step.do(world.context, undefined)
    expect(docker('run', '--rm', `piko-${world.project}-feature-app`, 'cat', '/base', '/copy')).to.equal(
      'base\nbase',
    )
    expect(() => docker('image', 'inspect', 'acme/app:x')).to.throw()
    await world.dispose()
  })
})
