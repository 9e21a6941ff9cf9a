import { expect } from 'chai'
import { rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { docker } from '#test/support/engine.js'
import { useProject } from '#test/support/suite-project.js'
import { until } from '#test/support/until.js'

const files = {
  'compose.yaml': `
x-quick: &quick { image: busybox, init: true, stop_grace_period: 0.1s }
services:
  web:
    <<: *quick
    command: sh -c 'echo web is here; echo hello > /tmp/index.html; exec httpd -f -p 80 -h /tmp'
    ports: ['8080:80']
  db:
    <<: *quick
    command: sleep 10000
    ports: ['5432:5432']
    volumes: ['data:/data']
    healthcheck: { test: 'test ! -e /sick', interval: 1s, retries: 1 }
  worker:
    <<: *quick
    command: sh -c 'trap "exit 0" TERM; test ! -e /loop || exit 1; sleep 10000 & wait'
    restart: always
  once: { image: busybox, command: echo done once }
volumes: { data: {} }
`,
}

interface Row {
  readonly service: string
  readonly state: string | null
  readonly health: string | null
  readonly restarts: number | null
  readonly exitCode: number | null
  readonly ports: Readonly<Record<string, number>>
}

interface Status {
  readonly version: number
  readonly status: string
  readonly state: string
  readonly unhealthy: readonly string[] | null
  readonly restarts: Readonly<Record<string, number>> | null
  readonly services: readonly Row[]
  readonly git: { readonly ahead: number; readonly uncommitted: number; readonly comparedWith: string } | null
  readonly problems: readonly string[]
  readonly sizes?: readonly { readonly what: string; readonly name: string; readonly bytes: number }[]
}

interface List {
  readonly environments: readonly {
    readonly name: string
    readonly status: string
    readonly live?: Pick<Status, 'state' | 'unhealthy' | 'restarts'>
  }[]
}

describe('status and list', function () {
  this.timeout(240_000)
  const project = useProject(files, async made => {
    symlinkSync(engineSocket(), socketOf(made.folder))
    const there = made.at(made.root, { DOCKER_HOST: `unix://${socketOf(made.folder)}` })
    await there.pikoWell('create', 'one')
    await there.pikoWell('create', 'two', '--no-start')
  })
  const socketOf = (folder: string) => join(folder, 'docker.sock')
  const status = (...words: readonly string[]) => project().json<Status>('status', 'one', ...words)
  const container = (service: string) => `piko-${project().mark}-one-${service}-1`
  const rows = ({ services }: Status) => services.map(({ service, state }) => `${service} ${state}`)

  it('show each service with its state, health, restarts and ports', async () => {
    const answer = await status()
    expect(answer.version).to.equal(1)
    expect(answer.state).to.equal('running')
    expect(rows(answer)).to.deep.equal(['db running', 'once done', 'web running', 'worker running'])
    const [db] = answer.services
    expect(db).to.include({ restarts: 0, exitCode: null }).and.to.have.nested.property('ports.5432/tcp')
    const output = await project().pikoWell('status', 'one')
    expect(output).to.match(/^one \(running\)\n {2}branch {4}one, even with main\n/)
    expect(output).to.match(/\n {2}SERVICE +STATE +HEALTH +RESTARTS +PORTS\n/)
    expect(output).to.match(/\n {2}web +running +0 +\d+ → 80\n/)
    expect(output).not.to.contain('PLUGIN').and.not.to.contain('compose:up')
  })

  it('show plugins and steps with --verbose', async () => {
    const output = await project().pikoWell('status', 'one', '--verbose')
    expect(output)
      .to.match(/PLUGIN +ACTIVE +BECAUSE/)
      .and.match(/compose:up +done/)
  })

  it('count commits and uncommitted files', async () => {
    const inside = project().at(project().worktree('one'))
    await inside.git('commit', '--quiet', '--allow-empty', '--message', 'two')
    inside.write('new.txt', 'new\n')
    const { git } = await status()
    expect(git).to.include({ ahead: 1, uncommitted: 1, comparedWith: 'main' })
    const output = await inside.pikoWell('status')
    expect(output).to.contain('one, 1 ahead of main\n').and.contain('changes   1 file not committed\n')
  })

  it('measure the worktree, the volumes and the images with --size', async () => {
    docker('exec', container('db'), 'dd', 'if=/dev/zero', 'of=/data/file', 'bs=1024', 'count=2000')
    const { sizes = [] } = await status('--size')
    expect(sizes.map(({ what }) => what)).to.deep.equal(['worktree', 'volume'])
    expect(sizes.find(({ what }) => what === 'worktree')?.bytes).to.be.greaterThan(1000)
    expect(sizes.find(({ what }) => what === 'volume')?.bytes).to.be.at.least(2_000_000)
    expect(await project().pikoWell('status', 'one', '--size')).to.match(
      /size +worktree .*B, volumes 2\.\d MB/,
    )
  })

  it('name unhealthy services and how often a service restarted', async () => {
    docker('exec', container('db'), 'touch', '/sick')
    docker('exec', '-d', container('worker'), 'sh', '-c', 'touch /loop; kill 1') // it dies with the container
    const answer = await until('an unhealthy db and a restarted worker', async () => {
      const seen = await status()
      return seen.unhealthy?.includes('db') && (seen.restarts?.['worker'] ?? 0) > 0 ? seen : undefined
    })
    expect(answer.services.find(({ service }) => service === 'db')?.health).to.equal('unhealthy')
    const output = await project().pikoWell('list', '--live')
    expect(output).to.match(/one +running.*, db unhealthy, worker restarted/)
    docker('exec', container('db'), 'rm', '/sick')
  })

  it('notice services stopped outside piko; the plain list shows the recorded state', async () => {
    docker('stop', container('web'), container('db'), container('worker'))
    const answer = await status()
    expect(answer).to.include({ status: 'running', state: 'stopped' })
    expect(rows(answer)).to.deep.equal(['db exited', 'once done', 'web exited', 'worker exited'])
    expect(await project().pikoWell('status', 'one'))
      .to.match(/^one \(stopped, worker/)
      .and.contain('recorded  running\n')
    const { environments } = await project().json<List>('list', '--live')
    expect(environments.map(({ name, live }) => `${name} ${live?.state}`)).to.deep.equal([
      'one stopped',
      'two prepared',
    ])
    const recorded = await project().json<List>('list')
    expect(recorded.environments[0]).to.include({ status: 'running' }).and.not.to.have.property('live')
    expect(await project().pikoWell('list')).to.match(/\none +running /)
  })

  it('fill in the list on a terminal, starting from the database', async () => {
    const shell = project().at(project().root, { COLUMNS: '120' })
    const { stdout, exitCode } = await shell.startOnTerminal('list').ended
    expect(exitCode).to.equal(0)
    const [first = '', ...later] = stdout.split('\u001B[J')
    expect(first).to.match(/one +running +one +… /)
    expect(later.at(-1)).to.match(/one +stopped.* +one +↑1 \*1 /)
    const { stdout: still } = await shell.startOnTerminal('list', '--no-live').ended
    expect(still)
      .to.match(/one +running /)
      .and.not.contain('\u001B[J')
  })

  it('fit a terminal of 80 columns, and are complete in a pipe', async () => {
    for (const words of [['list'], ['ps', 'one']]) {
      const { stdout } = await project().startOnTerminal(...words).ended
      const lines = stdout.split(/\r?\n/).map(line => stripVTControlCharacters(line).replaceAll('\r', ''))
      for (const line of lines) expect(line.length, line).to.be.at.most(80)
    }
    expect(await project().pikoWell('ps', 'one')).to.contain(container('worker'))
  })

  it('report in one line that no engine responds, and show what the database has', async () => {
    rmSync(socketOf(project().folder))
    const { stdout, exitCode } = await project().piko('status', 'one')
    expect(exitCode).to.equal(0)
    expect(stdout)
      .to.match(/^one \(running\)/)
      .and.match(/web +\? +\d+ → 80/)
    expect(stdout.match(/^! .*$/gm)).to.have.length(1)
    const answer = await status()
    expect(answer.problems).to.have.length(1)
    expect(answer.services.map(({ state }) => state)).to.deep.equal([null, null, null, null])
    const list = await project().piko('list', '--live')
    expect(list.exitCode).to.equal(0)
    expect(list.stderr).to.contain('this is what piko has recorded')
  })
})

function engineSocket(): string {
  return docker('context', 'inspect', '--format', '{{.Endpoints.docker.Host}}').replace('unix://', '')
}
