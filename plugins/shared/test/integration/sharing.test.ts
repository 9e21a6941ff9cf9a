import { expect } from 'chai'
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { docker, dockerLines } from '#test/support/engine.js'
import { useProject } from '#test/support/suite-project.js'
import { fixture } from '../support/fixture.js'

interface Listed {
  readonly service: string
  readonly state: string
  readonly container: string | null
  readonly consumers: readonly string[]
}

describe('shared: one cache for all environments', function () {
  // One name that sorts before `shared` and one after: Docker's resolver sorts by network name.
  const environments = ['alpha', 'zeta']
  const project = useProject(fixture, made => made.pikoWell('create', 'early'))
  const container = (environment: string, service: string) =>
    `piko-${project().mark}-${environment}-${service}-1`
  const list = async () => (await project().json<{ services: readonly Listed[] }>('shared')).services
  const cache = async () => (await list()).find(({ service }) => service === 'cache')

  /** Runs a line of shell in the app of an environment. */
  function inApp(environment: string, script: string) {
    return spawnSync('docker', ['exec', container(environment, 'app'), 'sh', '-c', script], {
      encoding: 'utf8',
    })
  }

  /** The servers that responded to a name in 20 requests. */
  function answering(environment: string, host: string): readonly string[] {
    const script = `for n in $(seq 20); do timeout 5 redis-cli -h ${host} INFO server | grep run_id; done | sort | uniq -c`
    return inApp(environment, script)
      .stdout.trim()
      .split('\n')
      .map(line => line.trim())
  }

  function runIdOf(name: string): string {
    const output = docker('exec', name, 'redis-cli', 'INFO', 'server')
    return /run_id:\w+/.exec(output)?.[0] ?? 'no answer'
  }

  it('is marked and started, with its port, and environments that run their own are named', async () => {
    const { mark } = project()
    const output = await project().pikoWell('share', 'cache')
    expect(output).to.match(
      new RegExp(
        `^✓ Marked cache as shared\n✓ Created shared network: piko-${mark}-shared\n` +
          '✓ Started shared cache container \\(6379 → \\d+\\)\n' +
          '! app shares the keys, queues and jobs of cache with all environments: what one writes, another reads\n' +
          '  ↳ To give each environment its own database, set `shared: { services: { cache: { per_environment: database } } }` in .piko.yml\n' +
          '  ↳ To have app use it, write .*\n' +
          '! early keeps its own until you run `piko up early`\n$',
      ),
    )
    expect(await cache()).to.include({ state: 'running (healthy)', container: container('shared', 'cache') })
  })

  it('responds in every environment under every name, 20 of 20, while each reaches its own store', async () => {
    for (const name of environments) await project().pikoWell('create', name)
    const shared = runIdOf(container('shared', 'cache'))
    for (const name of environments) {
      for (const host of ['cache', 'kv', 'quick', 'the-cache'])
        expect(answering(name, host), `${host} in ${name}`).to.deep.equal([`20 ${shared}`])
      expect(answering(name, 'store'), `store in ${name}`).to.deep.equal([
        `20 ${runIdOf(container(name, 'store'))}`,
      ])
      expect(dockerLines('ps', '-aq', '--filter', `name=^${container(name, 'cache')}$`)).to.deep.equal([])
    }
    expect((await cache())?.consumers).to.deep.equal(environments)
  })

  it('gives no access to another environment, by container name, by address, or by the name of a stopped service', () => {
    const address = (name: string) =>
      docker('inspect', '-f', '{{range .NetworkSettings.Networks}}{{.IPAddress}} {{end}}', name).split(
        ' ',
      )[0] ?? ''
    const ping = (from: string, host: string) => inApp(from, `timeout 4 redis-cli -h ${host} PING`)
    for (const [own, other] of [
      ['alpha', 'zeta'],
      ['zeta', 'alpha'],
    ] as const) {
      expect(ping(own, container(own, 'store')).stdout, 'its own, by name').to.equal('PONG\n')
      expect(ping(own, address(container(own, 'store'))).stdout, 'its own, by address').to.equal('PONG\n')
      expect(ping(own, container(other, 'store')).stderr, 'another, by name').to.match(
        /not known|resolution|resolve/i,
      )
      expect(ping(own, address(container(other, 'store'))).status, 'another, by address').to.be.oneOf([
        124, 143,
      ])
      docker('stop', '-t', '0', container(own, 'store'))
      expect(ping(own, 'store').stderr, 'its own, stopped').to.match(/not known|resolution|resolve/i)
      docker('start', container(own, 'store'))
      expect(ping(own, 'cache').stdout, 'the shared one').to.equal('PONG\n')
    }
  })

  it("replaces an environment's own service at the next `up`, and keeps its data", async () => {
    await project().pikoWell('up', 'early')
    expect(answering('early', 'cache')).to.deep.equal([`20 ${runIdOf(container('shared', 'cache'))}`])
    expect(dockerLines('ps', '-aq', '--filter', `name=^${container('early', 'cache')}$`)).to.deep.equal([])
    expect(dockerLines('volume', 'ls', '-q')).to.include(`piko-${project().mark}-early-cachedata`)
    expect((await cache())?.consumers).to.deep.equal(['alpha', 'early', 'zeta'])
  })

  it('is not affected by the `down` and `up` of an environment, which leaves no endpoint behind', async () => {
    const before = docker('inspect', '-f', '{{.Id}} {{.State.StartedAt}}', container('shared', 'cache'))
    await project().pikoWell('down', 'alpha')
    expect(
      dockerLines('network', 'ls', '-q', '--filter', `name=^piko-${project().mark}-alpha`),
    ).to.deep.equal([])
    expect(answering('zeta', 'cache')).to.have.length(1)
    await project().pikoWell('up', 'alpha')
    expect(answering('alpha', 'cache')).to.deep.equal([`20 ${runIdOf(container('shared', 'cache'))}`])
    expect(docker('inspect', '-f', '{{.Id}} {{.State.StartedAt}}', container('shared', 'cache'))).to.equal(
      before,
    )
  })

  it('is restored everywhere after it was removed by hand', async () => {
    docker('rm', '-f', container('shared', 'cache'))
    expect(inApp('zeta', 'timeout 4 redis-cli -h cache PING').status).not.to.equal(0)
    await project().pikoWell('up', 'alpha')
    for (const name of ['alpha', 'early', 'zeta'])
      expect(answering(name, 'kv'), name).to.deep.equal([`20 ${runIdOf(container('shared', 'cache'))}`])
  })

  it('is not marked if it cannot be shared or does not start, and nothing else changes', async () => {
    const before = await list()
    const fails = async (service: string) => {
      const { exitCode, stderr } = await project().piko('share', service)
      return { exitCode, code: /^ {2}(\w+)/m.exec(stderr)?.[1] }
    }
    expect(await fails('broken')).to.deep.equal({ exitCode: 4, code: 'COMPOSE_SERVICE_FAILED' })
    expect(await fails('lonely')).to.deep.equal({ exitCode: 3, code: 'SHARED_NOT_SHAREABLE' })
    expect(await fails('cach')).to.deep.equal({ exitCode: 2, code: 'COMPOSE_SERVICE_UNKNOWN' })
    expect(await list()).to.deep.equal(before)
    expect(dockerLines('ps', '-aq', '--filter', `name=^${container('shared', 'broken')}$`)).to.deep.equal([])
  })

  it('is refused if .piko.yml disables the plugin, since a mark would have no effect', async () => {
    const config = join(project().root, '.piko.yml')
    const before = readFileSync(config, 'utf8')
    project().write('.piko.yml', `${before}plugins: [compose]\n`)
    const { exitCode, stderr } = await project().piko('share', 'store')
    project().write('.piko.yml', before)
    expect([exitCode, stderr]).to.deep.equal([
      3,
      '✗ The plugin shared is not active in this project: `plugins` in .piko.yml:2 does not list it\n  PLUGIN_OFF\n' +
        '↳ To see which plugins are active, and why, run `piko doctor`\n' +
        '↳ To use it, add shared to `plugins` in .piko.yml:2\n',
    ])
  })

  it('reports what a shared service loses', async () => {
    const output = await project().pikoWell('share', 'needy')
    expect(output).to.contain('! needy depends on store, which is not shared: it runs without it\n')
    expect(await project().pikoWell('isolate', 'needy')).to.equal(
      '✓ Marked needy as isolated\n✓ Stopped shared needy container\n',
    )
  })

  it('is unlinked by `destroy`, which leaves nothing of the environment', async () => {
    await project().pikoWell('destroy', 'alpha', '--yes')
    expect((await cache())?.consumers).to.deep.equal(['early', 'zeta'])
    const { containers, networks, volumes } = project().engine()
    expect([...containers, ...networks, ...volumes].filter(name => name.includes('-alpha'))).to.deep.equal([])
  })

  it('is stopped for all environments only if requested', async () => {
    const { exitCode, stderr } = await project().piko('down', '--shared')
    expect([exitCode, stderr]).to.deep.equal([
      5,
      '✗ Cannot ask without a terminal: Stop the shared services, which early, zeta use?\n' +
        '  ANSWER_NEEDED\n↳ To skip the question, add `--yes`\n',
    ])
    const { ports } = await project().json<{ ports: object }>('status', 'zeta')
    const port = (await project().json<Record<string, string>>('env', 'zeta'))['PIKO_CACHE_PORT']
    expect(await project().pikoWell('down', '--shared', '--yes')).to.equal(
      '✓ Stopped cache; the data in named volumes stays\n',
    )
    expect(await cache()).to.include({ state: 'stopped' })
    await project().pikoWell('up', 'zeta')
    expect(await cache()).to.include({ state: 'running (healthy)' })
    expect((await project().json<Record<string, string>>('env', 'zeta'))['PIKO_CACHE_PORT']).to.equal(port)
    expect((await project().json<{ ports: object }>('status', 'zeta')).ports).to.deep.equal(ports)
  })

  it('stops once it is isolated and the last environment has moved; new ones run their own', async () => {
    expect(await project().pikoWell('isolate', 'cache')).to.equal(
      '✓ Marked cache as isolated\n! early keeps using the shared one until you run `piko up early`\n' +
        '! zeta keeps using the shared one until you run `piko up zeta`\n',
    )
    await project().pikoWell('create', 'late')
    expect(answering('late', 'quick')).to.deep.equal([`20 ${runIdOf(container('late', 'cache'))}`])
    expect(answering('zeta', 'quick')).to.deep.equal([`20 ${runIdOf(container('shared', 'cache'))}`])
    await project().pikoWell('destroy', 'early', '--yes')
    await project().pikoWell('up', 'zeta')
    expect(answering('zeta', 'quick')).to.deep.equal([`20 ${runIdOf(container('zeta', 'cache'))}`])
    const { containers, networks, volumes } = project().engine()
    expect([...containers, ...networks].filter(name => name.includes('-shared'))).to.deep.equal([])
    expect(volumes).to.include(`piko-${project().mark}-shared-cachedata`)
  })
})
