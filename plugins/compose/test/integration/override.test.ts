import { readFile } from 'node:fs/promises'
import { detailsOf } from '@piko/sdk'
import { expect } from 'chai'
import { reset, replace, changesFact, modelFact } from '@piko/plugin-compose/contract'
import { contributes } from '#compose/contributes.js'
import type { RawProject } from '#compose/model/raw.js'
import { override } from '#compose/steps/override.js'
import { resolve } from '#compose/steps/resolve.js'
import { claimsOf, readMerged } from '../support/judge.js'
import { type ComposeWorld, disposeWorlds, makeWorld, type WorldOptions } from '../support/world.js'

async function prepared(fixture: string, options: WorldOptions = {}): Promise<ComposeWorld> {
  const world = await makeWorld(fixture, options)
  await resolve.do(world.context, undefined)
  await override.do(world.context, undefined)
  return world
}

const project = `override${process.pid}`

describe('compose: the override', () => {
  after(disposeWorlds)
  describe('of a difficult file', () => {
    let world: ComposeWorld
    let merged: RawProject
    before(async () => {
      world = await prepared('nasty', { project })
      merged = readMerged(world)
    })
    after(() => world.dispose())

    it('replaces ports, on the loopback address unless the file sets another', () => {
      const ports = (merged.services['app']?.ports ?? []).map(port => [
        port.target,
        port.protocol,
        port.host_ip,
      ])
      expect(ports).to.deep.equal([
        [80, 'tcp', '127.0.0.1'],
        [80, 'tcp', '127.0.0.1'],
        [6380, 'tcp', '127.0.0.1'],
        [53, 'udp', '127.0.0.2'],
        [9000, 'tcp', '127.0.0.1'],
        [3000, 'tcp', '127.0.0.1'],
        [3001, 'tcp', '127.0.0.1'],
        [3002, 'tcp', '127.0.0.1'],
      ])
      const published = (merged.services['app']?.ports ?? []).map(port => port.published)
      expect(new Set(published).size).to.equal(8)
      expect(published).to.not.include(undefined)
    })

    it('keeps replicas and lets Docker choose their ports', () => {
      expect(merged.services['replicated']?.deploy?.replicas).to.equal(2)
      expect(merged.services['replicated']?.ports?.map(port => port.published)).to.deep.equal([undefined])
    })

    it('publishes one port for a range with one target', () => {
      const ports = merged.services['ranged']?.ports ?? []
      expect(ports.map(({ published, protocol }) => [Number(published) > 0, protocol])).to.deep.equal([
        [true, 'tcp'],
        [true, 'udp'],
      ])
    })

    it('removes container names and keeps them as aliases', () => {
      const app = merged.services['app']
      expect(app?.container_name).to.equal(undefined)
      expect(app?.networks?.['front']?.aliases).to.have.members(['api.local', 'nasty-app'])
      expect(app?.networks?.['back']?.aliases).to.deep.equal(['nasty-app'])
      expect(merged.services['debug']?.container_name).to.equal(undefined)
    })

    it('refers to the service where the file refers to a container of the project', () => {
      expect(merged.services['sidecar']?.network_mode).to.equal('service:app')
    })

    it('gives networks and volumes its own names, and drops fixed addresses', () => {
      const name = `piko-${project}-feature`
      expect(merged.networks['default']).to.include({ name, external: true })
      expect(merged.networks['front']).to.include({ name: `${name}-front`, external: true })
      expect(merged.networks['back']).to.include({ name: `${name}-back`, external: true })
      expect(merged.volumes['data']).to.include({ name: `${name}-data`, external: true })
      expect(merged.services['app']?.networks?.['front']?.ipv4_address).to.equal(undefined)
    })

    it('gives built images its own tags, also where another service runs them', () => {
      const tag = `piko-${project}-feature-app`
      expect(merged.services['app']?.image).to.equal(tag)
      expect(merged.services['worker']?.image).to.equal(tag)
    })

    it('reports what it changed and why', () => {
      const changes = world.context.fact(changesFact) ?? []
      const of = (service: string, what: string) =>
        changes.find(change => change.service === service && change.what === what)
      expect(of('db', 'port 5432/tcp')).to.include({
        from: '15432',
        because: 'a host port can be published once',
      })
      expect(of('app', 'container name')?.from).to.equal('nasty-app')
      expect(of('app', 'address on network front')?.from).to.equal('172.31.250.5')
    })

    it('provides variables for every port and a cell for the list', () => {
      const variables = contributes.variables?.(world.context) ?? {}
      const ports = merged.services['app']?.ports ?? []
      expect(variables['PIKO_APP_PORT']).to.equal(ports[0]?.published)
      expect(variables['PIKO_APP_PORT_53_UDP']).to.equal(ports[3]?.published)
      expect(variables['PIKO_APP_PORT_9000']).to.equal(ports[4]?.published)
      expect(variables['PIKO_PROJECT']).to.equal(`piko-${project}-feature`)
      expect(contributes.columns?.(world.context)['Ports']).to.contain(`app:${ports[0]?.published} db:`)
    })

    it('shares nothing with another environment', async () => {
      const other = await prepared('nasty', { project, environment: 'other' })
      // Test contexts assign ports from their own ranges, as leases do.
      const claims = new Set(claimsOf(merged))
      expect(claimsOf(readMerged(other)).filter(claim => claims.has(claim))).to.deep.equal([])
      await other.dispose()
    })

    it('starts the same services as the file', () => {
      expect(Object.keys(readMerged(world, '').services)).to.not.include('debug')
      expect(Object.keys(merged.services)).to.include('debug')
    })
  })

  it('keeps external resources and host networking, and says so', async () => {
    const world = await prepared('shared-claims')
    const merged = readMerged(world)
    expect(merged.networks['corp']).to.include({ name: 'corp-net', external: true })
    expect(merged.volumes['legacy']).to.include({ name: 'legacy-data', external: true })
    expect(merged.services['host']?.network_mode).to.equal('host')
    expect(merged.services['host']?.ports?.[0]?.published).to.equal(undefined)
    const warned = world.context.warnings.map(({ code, service }) => [code, service])
    expect(warned).to.have.deep.members([
      ['COMPOSE_HOST_NETWORKING', 'host'],
      ['COMPOSE_CONTAINER_FOREIGN', 'guest'],
      ['COMPOSE_NETWORK_EXTERNAL', undefined],
      ['COMPOSE_VOLUME_EXTERNAL', undefined],
      ['COMPOSE_MOUNT_OUTSIDE', 'corp'],
      ['COMPOSE_MOUNT_OUTSIDE', 'corp'],
      ['COMPOSE_ALIAS_TWICE', 'alias-two'],
      ['COMPOSE_VARIABLE_UNSET', undefined],
    ])
    expect(world.context.warnings.map(({ message }) => message).join('\n'))
      .to.contain('host networking')
      .and.contain('NO_SUCH_TAG')
    await world.dispose()
  })

  it('includes what other plugins fill in, and omits the services they take over', async () => {
    const value = { services: { db: reset(), app: { depends_on: { db: reset() }, ports: replace([]) } } }
    const filled = { 'compose.override': [{ plugin: 'shared', value }] }
    const world = await prepared('nasty', { filled })
    const merged = readMerged(world)
    expect(merged.services).to.not.have.property('db')
    expect(merged.services['app']?.ports ?? []).to.deep.equal([])
    expect(world.context.fact(modelFact)?.services['db']?.ports[0]).to.not.have.property('assigned')
    expect(contributes.variables?.(world.context)).to.not.have.property('PIKO_DB_PORT')
    await world.dispose()
  })

  it('refuses two plugins that set a key differently', async () => {
    const fill = (plugin: string, level: string) => ({
      plugin,
      value: { services: { app: { labels: { level } } } },
    })
    const error = await prepared('nasty', {
      filled: { 'compose.override': [fill('one', 'a'), fill('two', 'b')] },
    }).catch(String)
    expect(error).to.contain('one and two both set services.app.labels.level')
  })

  it('fails the proof if a fill undoes the isolation', async () => {
    const value = {
      services: { app: { ports: replace(['80:80']), container_name: 'mine' } },
      networks: { back: { name: 'nasty-back' } },
    }
    const error = await prepared('nasty', {
      filled: { 'compose.override': [{ plugin: 'bad', value }] },
    }).catch(String)
    expect(error).to.contain('COMPOSE_NOT_ISOLATED').and.contain('container name mine')
  })

  it('refuses to overwrite a file that piko did not write', async () => {
    const world = await makeWorld('small')
    await resolve.do(world.context, undefined)
    const file = `${world.context.environment.path}/docker-compose.piko.yml`
    await world.context.writeFile(file, 'services: {}\n')
    const error = await override.do(world.context, undefined).catch((reason: unknown) => reason)
    expect(detailsOf(error)?.code).to.equal('COMPOSE_FILE_FOREIGN')
    await override.undo(world.context, undefined)
    expect(await readFile(file, 'utf8')).to.equal('services: {}\n')
    await world.dispose()
  })

  it('plans nothing if the file is up to date', async () => {
    const world = await prepared('small')
    const receipt = await override.do(world.context, undefined)
    expect((await override.plan?.(world.context, receipt))?.action).to.equal('nothing')
    await world.dispose()
  })
})

describe('compose: host ports that two services publish', () => {
  after(disposeWorlds)

  it('are separated, with a warning', async () => {
    const world = await prepared('port-twice')
    const published = Object.values(readMerged(world).services).map(({ ports }) => ports?.[0]?.published)
    expect(new Set(published).size).to.equal(published.length)
    const [warning] = world.context.warnings
    expect(warning?.code).to.equal('COMPOSE_PORT_REPEATED')
    expect(warning?.message).to.contain('18080/tcp').and.contain('one and two')
    await world.dispose()
  })
})

describe('compose: problems are reported before anything starts', () => {
  after(disposeWorlds)
  const cases = [
    {
      fixture: 'range-unequal',
      code: 'COMPOSE_RANGE_UNEQUAL',
      names: ['web', '3000-3005:3000-3002', 'compose.yaml'],
    },
    {
      fixture: 'env-file-missing',
      code: 'COMPOSE_ENV_FILE_MISSING',
      names: ['secret.env', 'service web', 'compose.yaml'],
    },
  ]
  for (const { fixture, code, names } of cases) {
    it(fixture, async () => {
      const error = await prepared(fixture).catch(String)
      expect(error).to.contain(code)
      for (const name of names) expect(error).to.contain(name)
    })
  }
})
