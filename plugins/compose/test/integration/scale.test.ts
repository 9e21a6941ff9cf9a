import { expect } from 'chai'
import { docker } from '#test/support/engine.js'
import { type Container, day } from '../support/day.js'
import { useProject } from '#test/support/suite-project.js'

describe('compose: scale', function () {
  const project = useProject(day, made => made.pikoWell('create', 'a'))
  const piko = (...words: readonly string[]) => project().pikoWell(...words)
  const containers = async (service: string) => {
    const answer = await project().json<{ containers: Container[] }>('ps', 'a')
    return answer.containers.filter(container => container.service === service)
  }
  const names = async (service: string) => (await containers(service)).map(({ name }) => name.split('-a-')[1])
  const hostPort = ({ ports }: Container) => Number(/:(\d+)->80/.exec(ports)?.[1])
  const webPort = async () =>
    Number((await project().json<Record<string, string>>('env', 'a'))['PIKO_WEB_PORT'])

  it('three replicas respond on their own leased ports, including the earlier one', async () => {
    await piko('scale', 'a', 'web=3')
    expect(await names('web')).to.deep.equal(['web-1', 'web-2', 'web-3'])
    const ports = (await containers('web')).map(hostPort).sort()
    expect(new Set(ports).size).to.equal(3)
    expect(ports).to.include(await webPort())
    for (const port of ports) expect((await fetch(`http://127.0.0.1:${port}/`)).status).to.equal(200)
    const { ports: leased } = await project().json<{ ports: Record<string, number> }>('status', 'a')
    expect(Object.values(leased)).to.include.members(ports)
  })

  it('web#2 selects one of them in exec, logs, shell and restart', async () => {
    const [, second] = await containers('web')
    expect(await piko('exec', 'a', 'web#2', 'hostname')).to.equal(`${second?.id.slice(0, 12)}\n`)
    expect(await piko('logs', 'a', 'web#2')).to.match(/^web-2\s+\| web is here\n$/)
    const shell = project().startPiko('shell', 'a', 'web#2')
    shell.type('hostname; exit\n')
    expect((await shell.ended).stdout).to.equal(`${second?.id.slice(0, 12)}\n`)
    const started = (id = '') => docker('inspect', '--format', '{{.State.StartedAt}}', id)
    const before = (await containers('web')).map(({ id }) => started(id))
    await piko('restart', 'a', 'web#2')
    const after = (await containers('web')).map(({ id }) => started(id))
    expect(after.map((time, index) => time === before[index])).to.deep.equal([true, false, true])
  })

  it('the count survives up and down, and is explained', async () => {
    const ids = (await containers('web')).map(({ id }) => id)
    await piko('up', 'a')
    expect((await containers('web')).map(({ id }) => id)).to.deep.equal(ids)
    await piko('down', 'a')
    await piko('up', 'a')
    expect(await names('web')).to.deep.equal(['web-1', 'web-2', 'web-3'])
    expect(await piko('explain', 'a', 'web')).to.contain('replicas: 1 → 3, because `piko scale` said so')
  })

  it('an unknown replica is refused, with the existing ones', async () => {
    const { stderr, exitCode } = await project().piko('exec', 'a', 'web#7', 'ls')
    expect(exitCode).to.equal(2)
    expect(stderr).to.contain('has no replica 7; there are web#1, web#2, web#3')
  })

  it('fails without changes if neighbouring ports are taken, and says by whom', async () => {
    await piko('scale', 'a', 'web=1')
    const { stderr, exitCode } = await project().piko('scale', 'a', 'web=99')
    expect(exitCode).to.equal(3)
    expect(stderr)
      .to.contain('COMPOSE_SCALE_PORTS')
      .and.match(/\d+ belongs to db/)
    await piko('up', 'a')
    expect(await names('web')).to.deep.equal(['web-1'])
  })

  it('back to one keeps the first, on its earlier port', async () => {
    await piko('scale', 'a', 'web=2', 'worker=3')
    expect(await names('worker')).to.deep.equal(['worker-1', 'worker-2', 'worker-3'])
    await piko('scale', 'a', 'web=1', 'worker=1')
    expect([await names('web'), await names('worker')]).to.deep.equal([['web-1'], ['worker-1']])
    const [web] = await containers('web')
    expect(web && hostPort(web)).to.equal(await webPort())
  })

  it('scales to none and back', async () => {
    await piko('scale', 'a', 'worker=0')
    expect(await names('worker')).to.deep.equal([])
    await piko('scale', 'a', 'worker=1')
    expect(await names('worker')).to.deep.equal(['worker-1'])
  })

  for (const [words, code] of [
    [['scale', 'a', 'wep=2'], 'COMPOSE_SERVICE_UNKNOWN'],
    [['scale', 'a', 'web'], 'COMPOSE_SCALE_UNCLEAR'],
    [['scale', 'a', 'web=many'], 'COMPOSE_SCALE_UNCLEAR'],
    [['scale', 'a'], 'COMPOSE_SCALE_UNCLEAR'],
    [['exec', 'a', 'web#x', 'ls'], 'COMPOSE_ADDRESS_UNCLEAR'],
    [['up', 'a', 'web#2'], 'COMPOSE_REPLICA_ALONE'],
    [['logs', 'a', 'web#1', 'db'], 'COMPOSE_REPLICA_ALONE'],
  ] as const) {
    it(`\`piko ${words.join(' ')}\` is a usage error`, async () => {
      const { stderr, exitCode } = await project().piko(...words)
      expect([exitCode, stderr.includes(code)]).to.deep.equal([2, true])
    })
  }
})
