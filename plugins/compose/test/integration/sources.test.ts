import { existsSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { detailsOf } from '@piko/sdk'
import { expect } from 'chai'
import { images } from '#compose/steps/images.js'
import { network } from '#compose/steps/network.js'
import { override } from '#compose/steps/override.js'
import { resolve } from '#compose/steps/resolve.js'
import { volumes } from '#compose/steps/volumes.js'
import { docker, requireEngine } from '#test/support/engine.js'
import { disposeWorlds, makeWorld } from '../support/world.js'

describe('compose: configs, secrets and external resources', function () {
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
    const paths = ['/text', '/etc/app.conf', '/variable', '/run/secrets/file', '/run/secrets/renamed']
    for (const path of paths) {
      expect(() => docker('exec', container, 'sh', '-c', `echo x > ${path}`)).to.throw(/Read-only/)
    }
    expect(world.context.warnings).to.deep.equal([])
    const folder = join(world.context.environment.stateDir, 'sources')
    expect(statSync(folder).mode & 0o777).to.equal(0o700)
    await world.dispose()
    expect(existsSync(folder)).to.equal(false)
  })

  it('are updated in the container by `up` after they change', async () => {
    const world = await makeWorld('sources')
    await world.up()
    const container = `piko-${world.project}-feature-app-1`
    const id = () => docker('inspect', '--format', '{{.Id}}', container)
    const before = id()
    await world.up()
    expect(id()).to.equal(before)
    const dotenv = join(world.context.environment.path, '.env')
    writeFileSync(dotenv, 'APP_TEST_SECRET=another\nAPP_TEST_CONFIG="made of ${APP_TEST_SECRET}"\n')
    await world.up()
    expect(docker('exec', container, 'cat', '/run/secrets/renamed')).to.equal('another')
    expect(docker('exec', container, 'cat', '/variable')).to.equal('made of another')
    await world.dispose()
  })

  it('cause a warning if an owner or mode keeps one writable', async () => {
    const world = await makeWorld('sources-owned')
    await world.up()
    expect(world.context.warnings.map(({ code }) => code)).to.deep.equal(['COMPOSE_SOURCE_WRITABLE'])
    expect(world.context.warnings[0]?.message).to.contain(
      'Service app can overwrite its copy of the config owned',
    )
    expect(docker('exec', `piko-${world.project}-feature-app-1`, 'cat', '/owned')).to.equal('its own')
    await world.dispose()
  })

  it('are reported before anything starts if their source is missing', async () => {
    const world = await makeWorld('sources-absent')
    await resolve.do(world.context, undefined)
    const warned = world.context.warnings.map(({ message }) => message).join('\n')
    expect(warned).to.contain('secret variable').and.contain('APP_TEST_NOWHERE')
    expect(warned).to.contain('no-such-file of secret file').and.contain('config elsewhere is external')
    await override.do(world.context, undefined)
    const error: unknown = await volumes.do(world.context, undefined).catch((reason: unknown) => reason)
    expect(detailsOf(error)?.code).to.be.oneOf(['COMPOSE_SOURCE_MISSING', 'COMPOSE_SOURCE_EXTERNAL'])
    expect(detailsOf(error)?.message).to.contain('service app needs it')
    await world.dispose()
  })

  it('are reported before anything starts if an external network or volume is missing', async () => {
    const world = await makeWorld('external-absent')
    for (const step of [resolve, override]) await step.do(world.context, undefined)
    const first = await volumes.do(world.context, undefined).catch(String)
    expect(first)
      .to.contain('COMPOSE_NETWORK_MISSING')
      .and.contain('piko-test-no-such-network of app does not exist')
    docker('network', 'create', 'piko-test-no-such-network')
    try {
      const second = await volumes.do(world.context, undefined).catch(String)
      expect(second)
        .to.contain('COMPOSE_VOLUME_MISSING')
        .and.contain('piko-test-no-such-volume of app does not exist')
    } finally {
      docker('network', 'rm', 'piko-test-no-such-network')
      await world.dispose()
    }
  })

  it("allow a service to be built on another service's image", async () => {
    const world = await makeWorld('base-images')
    for (const step of [resolve, override, volumes, images, network]) await step.do(world.context, undefined)
    expect(docker('run', '--rm', `piko-${world.project}-feature-app`, 'cat', '/base', '/copy')).to.equal(
      'base\nbase',
    )
    expect(() => docker('image', 'inspect', 'acme/app:x')).to.throw()
    await world.dispose()
  })
})
