import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { dockerLines } from '../../support/engine.js'
import { useScenario } from '../../support/scenario.js'
import { expectEngine } from '../../support/stock.js'

interface Answer {
  readonly name: string
  readonly status: string
  readonly variables: Readonly<Record<string, string>>
}

describe('a first environment', () => {
  const scenario = useScenario()

  it('runs on the ports in its variables', async () => {
    const project = await scenario.project({ config: false })
    const { stdout, stderr, exitCode } = await project.piko('create', 'feature-auth')
    const compose = `piko-${project.mark}-feature-auth`
    const filter = ['--filter', `label=com.docker.compose.project=${compose}`]

    expect(dockerLines('ps', ...filter, '--format', '{{.Names}}').toSorted()).to.deep.equal([
      `${compose}-db-1`,
      `${compose}-redis-1`,
      `${compose}-web-1`,
    ])
    const bound =
      '{{range $port, $hosts := .NetworkSettings.Ports}}{{range $hosts}}{{.HostIp}}:{{.HostPort}} {{end}}{{end}}'
    const portsOf = (service: string) => dockerLines('inspect', '--format', bound, `${compose}-${service}-1`)
    expect(portsOf('db')).to.deep.equal(['127.0.0.1:10132'])
    expect(portsOf('web')).to.deep.equal(['127.0.0.1:10180 127.0.0.1:10143'])
    expect(portsOf('redis')).to.deep.equal(['127.0.0.1:10179'])
    expect(await (await fetch('http://127.0.0.1:10180/')).text()).to.equal('hello from main\n')
    expect(await (await fetch('http://127.0.0.1:10143/')).text()).to.equal('hello from main\n')
    expect(existsSync(join(project.root, '.piko/state.db'))).to.equal(true)
    expect(existsSync(join(project.worktree('feature-auth'), 'docker-compose.piko.yml'))).to.equal(true)
    expect(await project.git('status', '--porcelain')).to.equal('')
    expect(await project.at(project.worktree('feature-auth')).git('status', '--porcelain')).to.equal('')

    expect(stdout.split('\n')).to.deep.equal([
      '✓ Created worktree at .piko/worktrees/feature-auth',
      '✓ Generated docker-compose.piko.yml',
      `✓ Started containers (${compose})`,
      '✓ Environment ready',
      '',
    ])
    expect(stderr).to.contain('Starting services')
    expect(exitCode).to.equal(0)
    const variables = await project.json<Record<string, string>>('env', 'feature-auth')
    expect(variables).to.include({ PIKO_DB_PORT: '10132', PIKO_WEB_PORT: '10180', PIKO_WEB_PORT_81: '10143' })
  })

  it('prints only the object on stdout with --json', async () => {
    const project = await scenario.project()
    const { stdout } = await project.piko('create', 'feature/Login', '--json')
    const answer = JSON.parse(stdout) as Answer
    const [port = ''] = dockerLines(
      'inspect',
      '--format',
      '{{(index (index .NetworkSettings.Ports "80/tcp") 0).HostPort}}',
      `piko-${project.mark}-feature-login-web-1`,
    )
    expect(answer).to.include({ name: 'feature-login', status: 'running' })
    expect(answer.variables).to.include({ PIKO_WEB_PORT: port, PIKO_BRANCH: 'feature/Login' })
  })

  it('is only prepared with --no-start, and starts later', async () => {
    const project = await scenario.project()
    const before = project.engine()
    const { stdout } = await project.piko('create', 'later', '--no-start')
    await expectEngine(project, before)
    expect(stdout.split('\n').at(-2)).to.equal('✓ Environment prepared; to start it, run `piko up later`')
    await project.pikoWell('up', 'later')
    const { PIKO_WEB_PORT } = await project.json<Record<string, string>>('env', 'later')
    expect(await (await fetch(`http://127.0.0.1:${PIKO_WEB_PORT}/`)).text()).to.equal('hello from main\n')
  })
})
