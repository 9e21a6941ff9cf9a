import { dirname, join } from 'node:path'
import { detailsOf } from '@piko/sdk'
import { expect } from 'chai'
import { changesFact, modelFact } from '@piko/plugin-compose/contract'
import type { RawProject } from '#compose/model/raw.js'
import { override } from '#compose/steps/override.js'
import { resolve } from '#compose/steps/resolve.js'
import { claimsOf, readMerged } from '../support/judge.js'
import { type ComposeWorld, disposeWorlds, makeWorld } from '../support/world.js'

async function prepared(fixture: string, environment = 'feature', project?: string): Promise<ComposeWorld> {
  const world = await makeWorld(fixture, { environment, ...(project === undefined ? {} : { project }) })
  await resolve.do(world.context, undefined)
  await override.do(world.context, undefined)
  return world
}

function codesOf(world: ComposeWorld): readonly string[] {
  return world.context.warnings
    .map(({ code, service }) => (service === undefined ? code : `${code} ${service}`))
    .sort()
}

describe('compose: what a Compose file may contain', () => {
  after(disposeWorlds)

  const fixtures = [
    'extends',
    'include',
    'user-tags',
    'leaving',
    'own-modes',
    'network-kinds',
    'sources',
    'base-images',
    'port-kinds',
    'hardware',
  ]
  for (const fixture of fixtures) {
    it(`is isolated: ${fixture}`, async () => {
      const one = await prepared(fixture, 'one')
      const two = await prepared(fixture, 'two', one.project)
      const [left, right] = [one, two].map(world => readMerged(world))
      const claims = new Set(claimsOf(left ?? empty))
      expect(claimsOf(right ?? empty).filter(claim => claims.has(claim))).to.deep.equal(
        fixture === 'network-kinds' ? ['network host'] : [],
      )
      await Promise.all([one.dispose(), two.dispose()])
    })
  }

  it('resolves relative paths that leave the repository as in the main checkout', async () => {
    const world = await prepared('leaving')
    const { root } = world.context.project
    const { path } = world.context.environment
    const app = readMerged(world).services['app']
    const mounts = (app?.volumes ?? []).map(({ target = '', source }) => [target, source] as const)
    const sources: Readonly<Record<string, string | undefined>> = Object.fromEntries(mounts)
    expect(sources).to.include({
      '/outside': join(dirname(root), 'outside'),
      '/up': join(dirname(dirname(root)), 'up'),
      '/src': join(path, 'src'),
      '/device': 'device',
      '/same': join(path, 'src'),
      '/etc/hosts.machine': '/etc/hosts',
    })
    const up = app?.volumes?.find(({ target }) => target === '/up')
    expect(up).to.deep.include({ read_only: true, bind: { propagation: 'rslave' } })
    const kept = app?.volumes?.find(({ target }) => target === '/kept')
    expect(kept).to.deep.include({ volume: { nocopy: true, subpath: 'part' } })
    expect(app?.build).to.deep.include({
      context: join(dirname(root), 'lib'),
      additional_contexts: { base: join(dirname(root), 'base'), own: join(path, 'src') },
    })
    expect(readMerged(world).secrets['token']?.file).to.equal(join(dirname(root), 'secrets/token'))
    expect(codesOf(world)).to.deep.equal([
      'COMPOSE_BUILD_OUTSIDE app',
      'COMPOSE_MOUNT_OUTSIDE',
      'COMPOSE_MOUNT_OUTSIDE app',
      'COMPOSE_MOUNT_OUTSIDE app',
      'COMPOSE_SOURCE_ABSENT',
    ])
  })

  it('refers to its own service in every mode, and reports foreign containers and host modes', async () => {
    const world = await prepared('own-modes')
    const { services } = readMerged(world)
    expect(services['beside']).to.include({
      network_mode: 'service:app',
      pid: 'service:app',
      ipc: 'service:app',
    })
    expect(services['after']?.volumes_from).to.deep.equal(['app:ro', 'app'])
    expect(services['after']?.links).to.deep.equal(['app:old'])
    expect(services['after']?.external_links).to.deep.equal(['stranger:other'])
    expect(services['alone']?.ports?.[0]?.published).to.equal(undefined)
    expect(codesOf(world)).to.deep.equal([
      'COMPOSE_CONTAINER_FOREIGN after',
      'COMPOSE_DEFAULT_BRIDGE bridge',
      'COMPOSE_HOST_NAMESPACE machine',
      'COMPOSE_HOST_NAMESPACE machine',
      'COMPOSE_HOST_NAMESPACE machine',
      'COMPOSE_PROVIDER_SHARED elsewhere',
    ])
  })

  it('drops addresses that exist once per engine, and reports services that still use them', async () => {
    const world = await prepared('network-kinds')
    const { services } = readMerged(world)
    const app = services['app']?.networks ?? {}
    expect(app['fixed']).to.deep.include({ aliases: ['api'] })
    expect(app['fixed']?.ipv4_address).to.equal(undefined)
    expect(app['lan']?.ipv4_address).to.equal('192.168.77.9')
    expect(services['host']?.ports?.[0]?.published).to.equal(undefined)
    const model = world.context.fact(modelFact)
    expect(model?.networks['only-six']).to.include({ ipv4: false, ipv6: true, isLeased: true })
    expect(model?.networks['lan']).to.include({ isLeased: false })
    const changed = (world.context.fact(changesFact) ?? []).map(({ what, from }) => `${what} ${from}`)
    expect(changed).to.include('subnet of network fixed 172.30.9.0/24')
    expect(changed).to.include('bridge of network fixed br-fixed')
    expect(codesOf(world)).to.deep.equal([
      'COMPOSE_ADDRESS_DROPPED app',
      'COMPOSE_ADDRESS_DROPPED peer',
      'COMPOSE_ADDRESS_NAMED app',
      'COMPOSE_ADDRESS_NAMED app',
      'COMPOSE_HOST_NETWORKING host',
      'COMPOSE_MAC_ADDRESS app',
      'COMPOSE_NETWORK_OUTSIDE',
      'COMPOSE_PORTS_INTERNAL hidden',
    ])
    expect(world.context.warnings.map(({ message }) => message).join('\n')).to.contain(
      "172.30.9.6, which is in a subnet that this environment does not have; it was peer's, so name peer instead",
    )
  })

  it('keeps protocols, addresses and replicas of ports', async () => {
    const world = await prepared('port-kinds')
    const { services } = readMerged(world)
    const ports = (services['app']?.ports ?? []).map(
      port => `${port.host_ip} ${port.target}/${port.protocol}`,
    )
    expect(ports).to.deep.equal([
      '127.0.0.1 5000/sctp',
      '127.0.0.1 5000/tcp',
      '127.0.0.1 5000/udp',
      '::1 81/tcp',
      '0.0.0.0 82/tcp',
      '127.0.0.1 83/tcp',
      '127.0.0.1 70/tcp',
      '127.0.0.3 71/tcp',
    ])
    const published = (services['app']?.ports ?? []).map(port => port.published)
    expect(new Set(published).size).to.equal(8)
    expect(services['app']?.ports?.[6]).to.include({ mode: 'host', name: 'web', app_protocol: 'http' })
    expect(services['three']?.deploy?.replicas).to.equal(3)
    expect(services['two']?.scale).to.equal(2)
    expect(codesOf(world)).to.deep.equal(['COMPOSE_PORTS_REPLICATED three', 'COMPOSE_PORTS_REPLICATED two'])
  })

  it('builds on images that this environment builds', async () => {
    const world = await prepared('base-images')
    const { services } = readMerged(world)
    const tag = (name: string) => `piko-${world.project}-feature-${name}`
    expect(services['base']?.image).to.equal(tag('base'))
    expect(services['app']?.build?.additional_contexts).to.deep.equal({ 'acme/base:dev': 'service:base' })
    expect(services['app']?.build?.tags ?? []).to.deep.equal([])
    expect(services['job']?.image).to.equal(tag('app'))
  })

  it('reports devices that exist once per machine', async () => {
    const world = await prepared('hardware')
    expect(codesOf(world)).to.deep.equal([
      'COMPOSE_DEVICE_SHARED app',
      'COMPOSE_DEVICE_SHARED app',
      'COMPOSE_DEVICE_SHARED card',
    ])
  })

  it("handles `extends`, `include` with its own folder and the user's tags as Compose does", async () => {
    const extended = readMerged(await prepared('extends')).services
    expect(extended['web']?.volumes?.[0]?.source).to.match(/common\/d$/)
    const included = readMerged(await prepared('include')).services
    expect(included['db']?.image).to.equal('pg:9')
    expect(included['db']?.ports?.length).to.equal(2)
    const tagged = readMerged(await prepared('user-tags')).services
    expect(tagged['web']?.ports?.map(({ target }) => target)).to.deep.equal([81])
  })

  it('refuses a network that exists once per engine', async () => {
    const error: unknown = await prepared('network-single').catch((reason: unknown) => reason)
    expect(detailsOf(error)?.code).to.equal('COMPOSE_NETWORK_DRIVER')
    expect(detailsOf(error)?.message).to.contain('machine').and.contain('compose.yaml')
  })

  it('reports the file and service of a malformed port, unlike Compose', async () => {
    const error: unknown = await prepared('port-malformed').catch((reason: unknown) => reason)
    expect(detailsOf(error)?.message).to.equal(
      'Service api publishes 80:abc in compose.yaml: abc is not a port from 1 to 65535',
    )
  })
})

const empty: RawProject = { services: {}, networks: {}, volumes: {}, secrets: {}, configs: {} }
