import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { site } from '../../support/compose-projects.js'
import { useScenario } from '../../support/scenario.js'
import { expectStock, takeStock } from '../../support/stock.js'

describe('create', () => {
  const scenario = useScenario()

  it('is refused without a Compose file', async () => {
    const project = await scenario.project({ files: { README: 'nothing here\n' } })
    const before = await takeStock(project)
    const { exitCode, stderr } = await project.piko('create', 'feature-auth')
    await expectStock(project, before)
    expect(stderr).to.contain('compose.yaml').and.to.contain('plugins: []')
    expect(exitCode).to.equal(3)
  })

  it('creates only a worktree if requested', async () => {
    const project = await scenario.project({ files: { README: 'nothing here\n' }, config: 'plugins: []\n' })
    await project.pikoWell('create', 'feature-auth')
    expect(await project.at(project.worktree('feature-auth')).git('branch', '--show-current')).to.equal(
      'feature-auth',
    )
    await project.pikoWell('destroy', 'feature-auth', '--yes')
  })

  it('is refused outside a git repository', async () => {
    const project = await scenario.project({ files: site })
    const outside = join(project.folder, 'elsewhere')
    mkdirSync(outside)
    for (const words of [
      ['create', 'feature-auth'],
      ['list'],
      ['env', 'feature-auth'],
      ['destroy', 'feature-auth'],
    ]) {
      const { exitCode, stderr } = await project.at(outside).piko(...words)
      expect(stderr)
        .to.contain(`${outside} is not in a git repository`)
        .and.to.contain(`git -C ${outside} init`)
      expect(exitCode).to.equal(3)
    }
  })

  it('is refused for a name that is taken, with hints', async () => {
    const project = await scenario.project({ files: site })
    await project.pikoWell('create', 'feature-auth')
    const before = await takeStock(project)
    const running = await project.piko('create', 'feature-auth')
    await expectStock(project, before)
    expect(running.exitCode).to.equal(3)
    expect(running.stderr).to.contain('piko destroy feature-auth').and.to.contain('piko path feature-auth')
    await project.pikoWell('down', 'feature-auth')
    const stopped = await project.piko('create', 'feature-auth')
    expect(stopped.exitCode).to.equal(3)
    expect(stopped.stderr).to.contain('piko destroy feature-auth').and.to.contain('piko up feature-auth')
  })

  it('is refused for a branch that is already checked out', async () => {
    const project = await scenario.project({ files: site })
    const before = await takeStock(project)
    const { exitCode, stderr } = await project.piko('create', 'main')
    await expectStock(project, before)
    expect(stderr).to.contain('main').and.to.contain(project.root)
    expect(exitCode).to.equal(3)
  })
})
