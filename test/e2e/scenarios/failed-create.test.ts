import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { useScenario } from '../../support/scenario.js'
import type { ScratchProject } from '../../support/scratch-project.js'
import { expectStock, takeStock } from '../../support/stock.js'

/** A database, and an api that exits at once unless a file in the worktree allows it to run. */
const files = {
  'compose.yaml': `services:
  db:
    image: busybox:latest
    command: ['sleep', '1000000']
    stop_signal: SIGKILL
    volumes: ['data:/data']
  api:
    image: busybox:latest
    command: ['sh', '-c', 'echo "Cannot find package pg" >&2; test -e /app/ready && exec sleep 1000000; exit 3']
    stop_signal: SIGKILL
    volumes: ['.:/app']
    depends_on: [db]
volumes:
  data: {}
`,
}

interface Listed {
  readonly environments: readonly { readonly name: string; readonly status: string }[]
}
interface Sync {
  readonly error: { readonly hints: readonly string[]; readonly details: readonly string[] }
}

describe('a create that fails', () => {
  const scenario = useScenario()

  it('keeps what it created, stopped, with hints that work', async () => {
    const project = await scenario.project({ files })
    const before = await takeStock(project)
    const failed = await project.piko('create', 'feature-auth')
    expect(failed.exitCode).to.equal(4)
    expect(failed.stderr).to.contain('feature-auth is kept as failed; its containers are stopped')
    expect(await statusOf(project)).to.equal('failed')
    expect(statesOf(await stateLines(project))).to.deep.equal(['exited', 'exited'])
    for (const words of hintedCommands(failed.stderr)) expect(words).not.to.include('--keep-on-failure')
    expect(await project.pikoWell('logs', 'feature-auth', 'api')).to.contain('Cannot find package pg')

    project.at(project.worktree('feature-auth')).write('ready', '')
    const hints = hintedCommands(failed.stderr)
    expect(hints).to.deep.include.members([
      ['logs', 'feature-auth', 'api'],
      ['destroy', 'feature-auth'],
      ['create', 'feature-auth'],
    ])
    await project.pikoWell('create', 'feature-auth')
    expect(await statusOf(project)).to.equal('running')
    expect((await project.piko('create', 'feature-auth')).stderr).to.contain('ENVIRONMENT_TAKEN')
    await project.pikoWell('destroy', 'feature-auth', '--yes', '--force', '--delete-branch')
    await expectStock(project, before)
  })

  it('keeps the log of the failed service in a file that the error names', async () => {
    const project = await scenario.project({ files })
    const { stderr } = await project.piko('create', 'feature-auth')
    const file = logIn(stderr)
    expect(readFileSync(file, 'utf8')).to.contain('==> api <==').and.to.contain('Cannot find package pg')
    await project.pikoWell('destroy', 'feature-auth', '--yes', '--delete-branch')
    expect(existsSync(file)).to.equal(false)
  })

  for (const [how, config, words] of [
    ['--rollback', '', ['--rollback']],
    ['create: { rollback: true }', 'create: { rollback: true }\n', []],
  ] as const)
    it(`leaves nothing but the log with ${how}`, async () => {
      const project = await scenario.project({ files, config })
      const before = await takeStock(project)
      const { exitCode, stderr } = await project.piko('create', 'feature-auth', ...words)
      await expectStock(project, before)
      expect(exitCode).to.equal(4)
      expect(stderr).to.contain('Rolled back: containers, networks, volumes, the worktree')
      expect(stderr).to.contain('Nothing is left of feature-auth')
      expect(readFileSync(logIn(stderr), 'utf8')).to.contain('Cannot find package pg')
      expect(hintedCommands(stderr)).to.deep.equal([])
    })

  it('can be resumed with `up`', async () => {
    const project = await scenario.project({ files })
    await project.piko('create', 'feature-auth', '--keep-on-failure')
    project.at(project.worktree('feature-auth')).write('ready', '')
    await project.pikoWell('up', 'feature-auth')
    expect(await statusOf(project)).to.equal('running')
  })

  it('leaves nothing if it fails before the worktree exists', async () => {
    const project = await scenario.project({ files })
    project.write('.piko/worktrees/feature-auth/mine.txt', 'not a worktree\n')
    const before = await takeStock(project)
    const { exitCode } = await project.piko('create', 'feature-auth')
    expect(exitCode).to.equal(5)
    await expectStock(project, before)
  })

  it('leaves nothing if a flag was invalid', async () => {
    const project = await scenario.project({ files })
    const before = await takeStock(project)
    const { exitCode } = await project.piko('create', 'feature-auth', '--port', 'web:80=12345')
    expect(exitCode).to.equal(2)
    await expectStock(project, before)
  })
})

describe('an up that fails', () => {
  const scenario = useScenario()

  it('leaves containers unchanged, and does not suggest the command that just failed', async () => {
    const project = await scenario.project({ files })
    await project.pikoWell('create', 'feature-auth', '--no-start')
    const { exitCode, stderr } = await project.piko('up', 'feature-auth')
    expect(exitCode).to.equal(4)
    expect(statesOf(await stateLines(project))).to.deep.equal(['exited', 'running'])
    expect(await statusOf(project)).to.equal('failed')
    expect(hintedCommands(stderr)).to.deep.equal([['logs', 'feature-auth', 'api']])
    expect(readFileSync(logIn(stderr), 'utf8')).to.contain('Cannot find package pg')
    const status = await project.pikoWell('status', 'feature-auth')
    expect(status).to.contain(logIn(stderr)).and.contain('run `piko up feature-auth`')
  })

  it('leaves the environment running if no service was touched yet', async () => {
    const project = await scenario.project({ files })
    project.write('ready', '')
    await project.git('add', '--all')
    await project.git('commit', '--quiet', '--message', 'Let it run')
    await project.pikoWell('create', 'feature-auth')
    expect(await project.pikoWell('up', 'feature-auth')).to.contain('Containers are already running')
    project.at(project.worktree('feature-auth')).write('compose.yaml', 'services: [')
    expect((await project.piko('up', 'feature-auth')).exitCode).to.equal(3)
    expect(await statusOf(project)).to.equal('running')
    expect(statesOf(await stateLines(project))).to.deep.equal(['running', 'running'])
    const sync = JSON.parse((await project.piko('sync', 'feature-auth', '--json')).stdout) as Sync
    expect(sync.error.hints.join()).not.to.contain('piko sync feature-auth`')
  })
})

async function statusOf(project: ScratchProject): Promise<string | undefined> {
  return (await project.json<Listed>('list')).environments[0]?.status
}

async function stateLines(project: ScratchProject): Promise<string> {
  const { stdout } = await project.run(
    'docker',
    ...['ps', '-a', '--filter', `label=com.docker.compose.project=piko-${project.mark}-feature-auth`],
    ...['--format', '{{.State}}'],
  )
  return stdout
}

function statesOf(text: string): readonly string[] {
  return text.trim().split('\n').sort()
}

/** The arguments of each `piko …` at the end of a hint. */
function hintedCommands(stderr: string): readonly (readonly string[])[] {
  return [...stderr.matchAll(/^↳ .*`piko ([^`]*)`$/gm)].map(([, words = '']) => words.split(' '))
}

function logIn(stderr: string): string {
  return /The log is in (.*)$/m.exec(stderr)?.[1] ?? join('no', 'log')
}
