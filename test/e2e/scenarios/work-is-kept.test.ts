import { expect } from 'chai'
import { site } from '../../support/compose-projects.js'
import { useScenario } from '../../support/scenario.js'
import { expectStock, takeStock } from '../../support/stock.js'

describe('destroy does not lose work that nothing else has', () => {
  const scenario = useScenario()

  it('files that were never committed', async () => {
    const project = await scenario.project({ files: site })
    const clean = await takeStock(project)
    await project.pikoWell('create', 'feature-auth')
    project.at(project.worktree('feature-auth')).write('idea.txt', 'not committed\n')
    const before = await takeStock(project)
    const { exitCode, stderr } = await project.piko('destroy', 'feature-auth', '--yes')
    await expectStock(project, before)
    expect(stderr).to.contain('uncommitted: idea.txt').and.to.contain('piko destroy feature-auth --force')
    expect(exitCode).to.equal(5)
    await project.pikoWell('destroy', 'feature-auth', '--yes', '--force', '--delete-branch')
    await expectStock(project, clean)
  })

  it('commits that were never pushed', async () => {
    const project = await scenario.project({ files: site, remote: true })
    await project.pikoWell('create', 'feature-auth')
    const inside = project.at(project.worktree('feature-auth'))
    await inside.commit({ 'done.txt': 'committed\n' })
    const before = await takeStock(project)
    const { exitCode, stderr } = await project.piko('destroy', 'feature-auth', '--yes')
    await expectStock(project, before)
    expect(stderr).to.contain('one commit that only the branch feature-auth has')
    expect(exitCode).to.equal(5)
    await inside.git('push', '--quiet', 'origin', 'feature-auth')
    await project.pikoWell('destroy', 'feature-auth', '--yes')
    expect(await project.git('branch', '--list', 'feature-auth')).to.contain('feature-auth')
  })
})
