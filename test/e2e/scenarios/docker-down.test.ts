import { rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { site } from '../../support/compose-projects.js'
import { docker } from '../../support/engine.js'
import { useScenario } from '../../support/scenario.js'
import { expectStock, takeStock } from '../../support/stock.js'

const dead = { DOCKER_HOST: 'unix:///nowhere/docker.sock' }

describe('without an engine', () => {
  const scenario = useScenario()

  it('create fails before it changes anything', async () => {
    const project = await scenario.project()
    const before = await takeStock(project)
    const { exitCode, stdout, stderr } = await project.at(project.root, dead).piko('create', 'feature-auth')
    await expectStock(project, before)
    expect(stderr).to.contain('Docker does not answer (unix:///nowhere/docker.sock)')
    expect({ exitCode, stdout }).to.deep.equal({ exitCode: 4, stdout: '' })
  })

  it('create --no-start works, and so do env, list, path, status and destroy of an environment that never started', async () => {
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

  it('up, down and destroy of a running environment fail, and work once the engine is back', async () => {
    const project = await scenario.project()
    const socket = join(project.folder, 'docker.sock')
    const connect = () =>
      symlinkSync(docker('context', 'inspect', '--format', host).replace('unix://', ''), socket)
    connect()
    const there = project.at(project.root, { DOCKER_HOST: `unix://${socket}` })
    await there.pikoWell('create', 'feature-auth')
    const before = await takeStock(project)
    rmSync(socket)
    for (const words of [
      ['up', 'feature-auth'],
      ['down', 'feature-auth'],
      ['destroy', 'feature-auth', '--yes'],
    ]) {
      // Without the variable: an environment uses the engine that it was created on.
      const { exitCode } = await project.piko(...words)
      await expectStock(project, before)
      expect(exitCode, words.join(' ')).to.equal(4)
    }
    expect(await project.pikoWell('list')).to.contain('feature-auth')
    connect()
    await project.pikoWell('destroy', 'feature-auth', '--yes')
    expect(project.engine().containers.filter(name => name.includes(project.mark))).to.deep.equal([])
  })

  it('an environment is found on the engine that it was created on', async () => {
    const project = await scenario.project({ files: site })
    await project.pikoWell('create', 'feature-auth')
    await project.at(project.root, dead).pikoWell('down', 'feature-auth')
    expect(project.engine().containers.filter(name => name.includes(project.mark))).to.deep.equal([])
  })
})

const host = '{{.Endpoints.docker.Host}}'
