import { expect } from 'chai'
import { docker } from '#test/support/engine.js'
import { useProject } from '#test/support/suite-project.js'
import { fixture } from '../support/fixture.js'

interface Row {
  readonly service: string
  readonly state: string
  readonly isShared: boolean
  readonly ports: Readonly<Record<string, number>>
}

describe('shared: commands about a shared service', function () {
  this.timeout(240_000)
  const project = useProject(fixture, async made => {
    await made.pikoWell('create', 'early')
    await made.pikoWell('share', 'cache')
    await made.pikoWell('up', 'early')
  })
  const shared = () => `piko-${project().mark}-shared-cache-1`
  const notice = () => `cache is shared with other environments: using ${shared()}\n`

  async function sharedPort(): Promise<number | undefined> {
    const { services } = await project().json<{ services: readonly { ports: Record<string, number> }[] }>(
      'shared',
    )
    return services[0]?.ports['6379']
  }

  it('show its common port and its state in list and status', async () => {
    const port = await sharedPort()
    expect(port).to.be.a('number')
    const status = await project().json<{ services: readonly Row[]; ports: object }>('status', 'early')
    expect(status.services.find(({ service }) => service === 'cache')).to.include({
      state: 'running',
      isShared: true,
    })
    expect(status.ports).to.have.property('cache:6379/tcp', port)
    const list = await project().json<{ environments: readonly { ports: object }[] }>('list')
    expect(list.environments[0]?.ports).to.have.property('cache:6379/tcp', port)
    expect(await project().pikoWell('status', 'early')).to.match(
      new RegExp(`cache \\(shared\\) +running +healthy +0 +${port} → 6379`),
    )
    expect(await project().pikoWell('list')).to.contain(`cache:${port}`)
  })

  it('exec runs in the shared container, and says so', async () => {
    const { exitCode, stdout, stderr } = await project().piko('exec', 'early', 'cache', '--', 'hostname')
    expect([exitCode, stderr]).to.deep.equal([0, notice()])
    expect(docker('inspect', '--format', '{{.Config.Hostname}}', shared())).to.equal(stdout.trim())
  })

  it("logs come from the shared container, and are interleaved with the environment's own services", async () => {
    const { exitCode, stdout, stderr } = await project().piko('logs', 'early', 'cache')
    expect([exitCode, stderr]).to.deep.equal([0, notice()])
    expect(stdout).to.match(/^cache-1 +\| .*Ready to accept connections/m)
    const both = await project().piko('logs', 'early', 'store', 'cache')
    expect(both.stdout)
      .to.match(/^cache-1 +\| /m)
      .and.match(/^store-1 +\| /m)
    const own = await project().piko('logs', 'early')
    expect(own.stdout)
      .to.match(/^store-1 +\| /m)
      .and.not.contain('cache-1')
    expect(own.stderr).to.contain('piko logs early cache')
  })

  it('restart restarts only the shared container, and says so', async () => {
    const started = (name: string) => docker('inspect', '--format', '{{.State.StartedAt}}', name)
    const app = `piko-${project().mark}-early-app-1`
    const [ofApp, ofCache] = [started(app), started(shared())]
    const { exitCode, stderr } = await project().piko('restart', 'early', 'cache')
    expect(exitCode).to.equal(0)
    expect(stderr).to.contain(`cache is shared with other environments: restarting ${shared()}`)
    expect(started(shared())).not.to.equal(ofCache)
    expect(started(app)).to.equal(ofApp)
    docker('exec', app, 'sh', '-c', 'timeout 10 sh -c "until redis-cli -h cache ping; do :; done"')
  })
})
