import { expect } from 'chai'
import { rmSync } from 'node:fs'
import { useScenario } from '../../support/scenario.js'

describe('a branch that changed', () => {
  const scenario = useScenario()
  const prepared = async () => {
    const project = await scenario.project({ config: 'plugins: []\n' })
    await project.pikoWell('create', 'one')
    return project
  }

  it('is named and deleted by its new name if it was renamed', async () => {
    const project = await prepared()
    await project.git('branch', '--move', 'one', 'uno')
    expect(await project.pikoWell('destroy', 'one', '--yes')).to.contain('the branch uno is still there')
    await project.pikoWell('create', 'two')
    await project.git('branch', '--move', 'two', 'dos')
    await project.pikoWell('destroy', 'two', '--yes', '--delete-branch')
    expect((await project.git('branch', '--format=%(refname:short)')).split('\n')).to.deep.equal([
      'main',
      'uno',
    ])
  })

  it('is not said to be there if it was deleted', async () => {
    const project = await prepared()
    await project.git('worktree', 'remove', project.worktree('one'))
    await project.git('branch', '--delete', '--force', 'one')
    expect(await project.pikoWell('destroy', 'one', '--yes')).not.to.contain('is still there')
  })

  it('is not created again from main if it was deleted with commits of its own', async () => {
    const project = await prepared()
    const there = project.at(project.worktree('one'))
    await there.commit({ 'work.txt': 'of today\n' })
    const commit = await there.git('rev-parse', 'HEAD')
    rmSync(project.worktree('one'), { recursive: true })
    await project.git('update-ref', '-d', 'refs/heads/one')
    const { exitCode, stderr } = await project.piko('up', 'one')
    expect(exitCode).to.equal(5)
    expect(stderr).to.contain('BRANCH_DELETED').and.contain(`\`git -C ${project.root} branch one ${commit}\``)
    expect(await project.git('branch', '--list', 'one')).to.equal('')
    await project.git('branch', 'one', commit)
    await project.pikoWell('up', 'one')
    expect(await there.git('rev-parse', 'HEAD')).to.equal(commit)
    await project.pikoWell('destroy', 'one', '--yes')
  })
})
