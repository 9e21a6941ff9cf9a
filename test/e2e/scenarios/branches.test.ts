import { expect } from 'chai'
import { site } from '../../support/compose-projects.js'
import { useScenario } from '../../support/scenario.js'

describe('the branch of an environment', () => {
  const scenario = useScenario()

  it('is used if it exists, and kept by destroy', async () => {
    const project = await scenario.project({ files: site, remote: true })
    await project.git('switch', '--quiet', '--create', 'existing')
    await project.commit({ 'only-there': 'yes\n' })
    await project.git('push', '--quiet', '--set-upstream', 'origin', 'existing')
    const head = await project.git('rev-parse', 'HEAD')
    await project.git('switch', '--quiet', 'main')
    await project.pikoWell('create', 'existing')
    expect(await project.at(project.worktree('existing')).git('rev-parse', 'HEAD')).to.equal(head)
    await project.pikoWell('destroy', 'existing', '--yes')
    expect(await project.git('rev-parse', 'existing')).to.equal(head)
  })

  it('is created from a remote that has it', async () => {
    const project = await scenario.project({ files: site, remote: true })
    await project.git('push', '--quiet', 'origin', 'main:refs/heads/remote-only')
    await project.git('fetch', '--quiet', 'origin')
    await project.pikoWell('create', 'remote-only', '--no-start')
    const inside = project.at(project.worktree('remote-only'))
    expect(await inside.git('rev-parse', '--abbrev-ref', '@{upstream}')).to.equal('origin/remote-only')
  })

  it('is kept if it existed and create fails', async () => {
    const project = await scenario.project({ files: site, config: 'scripts: { prepare: exit 1 }\n' })
    await project.git('branch', 'existing')
    const { exitCode } = await project.piko('create', 'existing')
    expect(await project.git('branch', '--list', 'existing')).to.contain('existing')
    expect(exitCode).to.equal(3)
  })

  it('starts at --from if it is new', async () => {
    const project = await scenario.project({ files: site })
    const first = await project.git('rev-parse', 'HEAD')
    await project.commit({ later: 'yes\n' })
    await project.pikoWell('create', 'hotfix', '--from', first, '--no-start')
    expect(await project.at(project.worktree('hotfix')).git('rev-parse', 'HEAD')).to.equal(first)
  })
})
