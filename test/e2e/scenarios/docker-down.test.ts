import { expect } from 'chai'
import { useScenario } from '../../support/scenario.js'
import { expectStock, takeStock } from '../../support/stock.js'

const dead = { DOCKER_HOST: 'unix:///nowhere/docker.sock' }

describe('without an engine, what needs none works, and the rest changes nothing', () => {
  const scenario = useScenario()

  it('create says so before it makes anything', async () => {
    const project = await scenario.project()
    const before = await takeStock(project)
    const { exitCode, stdout, stderr } = await project.at(project.root, dead).piko('create', 'feature-auth')
    await expectStock(project, before)
    expect(stderr).to.contain('Docker does not answer (unix:///nowhere/docker.sock)')
    expect({ exitCode, stdout }).to.deep.equal({ exitCode: 4, stdout: '' })
  })

  it('create --no-start, env, list, path, status and destroy of what was never started', async () => {
    const project = await scenario.project()
    const before = await takeStock(project)
    const away = project.at(project.root, dead)
    await away.pikoWell('create', 'feature-auth', '--no-start')
    expect(await away.pikoWell('env', 'feature-auth')).to.match(/^PIKO_DB_PORT=\d+$/m)
    expect(await away.pikoWell('list')).to.contain('feature-auth')
    expect(await away.pikoWell('path', 'feature-auth')).to.equal(`${project.worktree('feature-auth')}\n`)
    expect(await away.pikoWell('status', 'feature-auth')).to.contain('prepared')
    await away.pikoWell('destroy', 'feature-auth', '--delete-branch')
    await expectStock(project, before)
  })

  it('up, down and destroy of what runs', async () => {
    const project = await scenario.project()
    await project.pikoWell('create', 'feature-auth')
    const before = await takeStock(project)
    // An environment goes to the engine that it was made on: the context is asked, and its engine does not answer.
    await project.run('docker', 'context', 'create', `${project.mark}-dead`, '--docker', `host=${dead.DOCKER_HOST}`)
    const away = project.at(project.root, { DOCKER_CONFIG: '/nowhere', PATH: deadPath(project.folder) })
    for (const words of [['up', 'feature-auth'], ['down', 'feature-auth'], ['destroy', 'feature-auth', '--yes']]) {
      const { exitCode } = await away.piko(...words)
      await expectStock(project, before)
      expect(exitCode, words.join(' ')).to.equal(4)
    }
    await project.pikoWell('destroy', 'feature-auth', '--yes')
  })
})
