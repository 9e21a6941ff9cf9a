import { execFileSync } from 'node:child_process'
import { expect } from 'chai'
import { dockerLines } from '../../support/engine.js'
import { webService } from '../../support/compose-projects.js'
import { useScenario } from '../../support/scenario.js'
import type { ScratchProject } from '../../support/scratch-project.js'
import { expectStock, takeStock } from '../../support/stock.js'

type Variables = Readonly<Record<string, string>>

const services = { 'compose.yaml': webService('8080:80').replace('web:', 'my-service:') }
const awkward = (mark: string) => `it's a "${mark}" $HOME \`x\` \\ ünï`

describe('the variables of an environment', () => {
  const scenario = useScenario()

  it('are printed as lines or as an object, and without a name inside the worktree', async () => {
    const project = await scenario.project({ files: services })
    await project.pikoWell('create', 'feature-auth')
    const [bound = ''] = dockerLines('port', `piko-${project.mark}-feature-auth-my-service-1`, '80')
    const port = bound.replace('127.0.0.1:', '')
    const expected = {
      PIKO_BRANCH: 'feature-auth',
      PIKO_ENV_ID: '1',
      PIKO_ENV_NAME: 'feature-auth',
      PIKO_ENV_PATH: project.worktree('feature-auth'),
      PIKO_MY_SERVICE_PORT: port,
      PIKO_MY_SERVICE_PORT_80: port,
      PIKO_PROJECT: `piko-${project.mark}-feature-auth`,
      PIKO_ROOT: project.root,
    }
    expect(await project.json('env', 'feature-auth')).to.deep.equal(expected)
    const lines = Object.entries(expected).map(([name, value]) => `${name}=${value}\n`)
    expect(await project.pikoWell('env', 'feature-auth')).to.equal(lines.join(''))
    expect(await project.at(project.worktree('feature-auth')).pikoWell('env')).to.equal(lines.join(''))
  })

  it('are set for programs that piko runs', async () => {
    const project = await scenario.project({ files: services, config: 'scripts: { run: "env; exit 3" }\n' })
    await project.pikoWell('create', 'feature-auth', '--no-start')
    const variables = await project.json<Variables>('env', 'feature-auth')
    const stale = project.at(project.root, { PIKO_ENV_NAME: 'another', PIKO_OTHER_PORT: '1' })
    const { stdout, exitCode } = await stale.piko('run', 'feature-auth')
    expect(exitCode).to.equal(3)
    const seen = Object.fromEntries(stdout.split('\n').map(line => line.split('=', 2) as [string, string]))
    expect(
      Object.keys(seen)
        .filter(name => /^PIKO_(?!SUBNET|READY)/.test(name))
        .toSorted(),
    ).to.deep.equal(Object.keys(variables))
    expect(seen).to.include(variables)
    const asked = await project.piko('run', 'feature-auth', '--', 'sh', '-c', 'printf "%s" "$PWD"; exit 7')
    expect(asked).to.include({ stdout: project.worktree('feature-auth'), exitCode: 7 })
  })

  it('are quoted correctly for a folder with spaces, quotes, a dollar sign and a backslash in its name', async () => {
    const project = await scenario.project({ files: services, folder: awkward })
    const before = await takeStock(project)
    const created = await project.piko('create', 'feature-auth')
    const variables = await project.json<Variables>('env', 'feature-auth')
    const answer = await fetch(`http://127.0.0.1:${variables['PIKO_MY_SERVICE_PORT']}/`)
    expect(answer.status).to.equal(200)
    expect(created.exitCode).to.equal(0)
    expect(variables['PIKO_ROOT']).to.equal(project.root)
    expect(await project.git('status', '--porcelain')).to.equal('')
    await expectSafe(project, variables)
    await project.pikoWell('destroy', 'feature-auth', '--yes', '--delete-branch')
    await expectStock(project, before)
  })

  it('are quoted correctly for a folder with a newline in its name, which Compose itself refuses', async () => {
    const folder = (mark: string) => `${awkward(mark)}\nsecond line`
    const alone = await scenario.project({ files: services, folder, config: 'plugins: []\n' })
    await alone.pikoWell('create', 'feature-auth')
    await expectSafe(alone, await alone.json<Variables>('env', 'feature-auth'))
    await alone.pikoWell('destroy', 'feature-auth', '--yes')

    const project = await scenario.project({ files: services, folder })
    const before = await takeStock(project)
    const { exitCode, stderr } = await project.piko('create', 'feature-auth', '--rollback')
    await expectStock(project, before)
    expect(stderr).to.contain('Docker Compose cannot read compose.yaml')
    expect(exitCode).to.equal(3)
  })
})

async function expectSafe(project: ScratchProject, variables: Variables): Promise<void> {
  const formatted = (format: string) => project.pikoWell('env', 'feature-auth', '--format', format)
  for (const shell of ['sh', 'bash']) {
    expect(evaluated(shell, await formatted('shell')), shell).to.deep.equal(variables)
  }
  expect(readFish(await formatted('fish')), 'fish').to.deep.equal(variables)
}

/** The variables of a shell after `eval`. */
function evaluated(shell: string, text: string): Variables {
  const env = { PATH: process.env['PATH'], TEXT: text }
  const seen = execFileSync(shell, ['-c', 'eval "$TEXT"; env -0'], { env, encoding: 'utf8' })
  const entries = seen.split('\0').map(entry => /^([^=]*)=([^]*)$/.exec(entry)?.slice(1) ?? ['', ''])
  return Object.fromEntries(entries.filter(([name]) => name?.startsWith('PIKO_'))) as Variables
}

/** As fish parses it: between single quotes only `\\` and `\'` are escapes. */
function readFish(text: string): object {
  const line = /set -gx (\w+) '((?:[^'\\]|\\[\\'])*)';\n/gy
  const found = [...text.matchAll(line)]
  expect(found.map(([whole]) => whole).join(''), 'nothing but settings').to.equal(text)
  return Object.fromEntries(
    found.map(([, name = '', value = '']) => [name, value.replaceAll(/\\(.)/gs, '$1')]),
  )
}
