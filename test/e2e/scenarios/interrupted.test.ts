import { expect } from 'chai'
import { existsSync } from 'node:fs'
import { full } from '../../support/compose-projects.js'
import { useScenario } from '../../support/scenario.js'
import { expectStock, takeStock } from '../../support/stock.js'
import { until } from '../../support/until.js'

const config = `scripts: { setup: 'echo > setup.started; exec sleep 60' }\n`

describe('Ctrl-C during a create', () => {
  const scenario = useScenario()

  it('removes everything while containers start', async () => {
    const project = await scenario.project({ files: full, config })
    const before = await takeStock(project)
    const create = project.startPiko('create', 'feature-auth')
    await until('a container', () => project.engine().containers.some(name => name.includes(project.mark)))
    create.killGroup('SIGINT')
    const { exitCode, stdout, stderr } = await create.ended
    await expectStock(project, before)
    expect({ exitCode, stdout }).to.deep.equal({ exitCode: 130, stdout: '' })
    expect(stderr).to.contain('Interrupted').and.to.contain('Nothing is left of feature-auth')
    expect(stderr).to.match(/Rolled back: containers, .*volumes, the worktree/)
  })

  it('keeps what an earlier create made, stopped', async () => {
    const project = await scenario.project({
      files: full,
      config: `scripts: { setup: 'test -e go && touch started && exec sleep 60' }\n`,
    })
    await project.piko('create', 'feature-auth')
    const inside = project.at(project.worktree('feature-auth'))
    inside.write('go', '')
    const create = project.startPiko('create', 'feature-auth')
    await until('the script', () => existsSync(`${project.worktree('feature-auth')}/started`))
    create.killGroup('SIGINT')
    const { exitCode, stderr } = await create.ended
    expect(exitCode).to.equal(130)
    expect(stderr).to.contain('feature-auth is kept as failed; its containers are stopped')
    const { stdout } = await project.run('docker', 'ps', '-q', '--filter', `name=${project.mark}`)
    expect(stdout).to.equal('')
    await project.pikoWell('destroy', 'feature-auth', '--yes', '--force', '--delete-branch')
    expect(project.engine().containers.filter(name => name.includes(project.mark))).to.deep.equal([])
  })

  it('ends a running setup script and removes everything', async () => {
    const project = await scenario.project({ files: full, config })
    const before = await takeStock(project)
    const create = project.startPiko('create', 'feature-auth')
    await until('the script', () => existsSync(`${project.worktree('feature-auth')}/setup.started`))
    create.killGroup('SIGINT')
    const { exitCode } = await create.ended
    await expectStock(project, before)
    expect(exitCode).to.equal(130)
  })

  it('leaves a correct journal if pressed twice, so that destroy can finish', async () => {
    const project = await scenario.project({ files: full, config })
    const before = await takeStock(project)
    const create = project.startPiko('create', 'feature-auth', '--verbose')
    await until('the script', () => existsSync(`${project.worktree('feature-auth')}/setup.started`))
    create.killGroup('SIGINT')
    await until('the way back', () => create.output().includes('❯ Stopping containers'))
    create.killGroup('SIGINT')
    const { exitCode, stderr } = await create.ended
    expect(exitCode).to.equal(130)
    expect(stderr).to.contain('piko destroy feature-auth')
    expect(await project.pikoWell('list')).to.contain('failed')
    await project.pikoWell('destroy', 'feature-auth', '--yes', '--force', '--delete-branch')
    await expectStock(project, before)
  })
})
