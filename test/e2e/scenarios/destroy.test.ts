import { join } from 'node:path'
import { expect } from 'chai'
import { full, shop, site } from '../../support/compose-projects.js'
import { useScenario } from '../../support/scenario.js'
import { expectStock, takeStock } from '../../support/stock.js'
import { until } from '../../support/until.js'

describe('destroy', () => {
  const scenario = useScenario()

  it('removes containers, networks, anonymous volumes, images, the worktree, rows and leases', async () => {
    const project = await scenario.project({ files: full })
    const before = await takeStock(project)
    await project.pikoWell('create', 'feature-auth')
    const during = project.engine()
    const added = (kind: keyof typeof during) =>
      during[kind].filter(name => !before.engine[kind].includes(name))
    const compose = `piko-${project.mark}-feature-auth`
    expect(added('containers')).to.deep.equal([`${compose}-app-1`, `${compose}-cache-1`])
    expect(added('networks')).to.deep.equal([`${compose}-back`, `${compose}-front`])
    expect(added('volumes').filter(name => !/^[0-9a-f]{64}$/.test(name))).to.deep.equal([`${compose}-kept`])
    expect(added('volumes'), 'of /scratch and of redis too').to.have.length(3)
    expect(added('images')).to.deep.equal([`${compose}-app:latest`])

    const { stdout } = await project.piko('destroy', 'feature-auth', '--yes')
    await expectStock(project, before, { but: ['branches'] })
    expect(await project.git('branch', '--list', 'feature-auth')).to.contain('feature-auth')
    expect(stdout).to.equal('✓ Destroyed feature-auth; the branch feature-auth is still there\n')
  })

  it('leaves an unrelated Compose project running', async () => {
    const project = await scenario.project({ files: full })
    const other = join(project.folder, 'unrelated')
    const beside = project.at(other)
    for (const [path, text] of Object.entries(full)) beside.write(path, text.replaceAll('3000:3000', '3000'))
    await beside.run('docker', 'compose', '-p', `${project.mark}-unrelated`, 'up', '-d')
    const before = await takeStock(project)
    expect(before.engine.containers).to.include(`${project.mark}-unrelated-app-1`)
    await project.pikoWell('create', 'feature-auth')
    await project.pikoWell('destroy', 'feature-auth', '--yes', '--delete-branch')
    await expectStock(project, before)
    const running = await beside.run('docker', 'compose', '-p', `${project.mark}-unrelated`, 'ps', '-q')
    expect(running.stdout.trim().split('\n')).to.have.length(2)
  })

  it('asks on a terminal, and accepts only yes', async () => {
    const project = await scenario.project({ files: site })
    const clean = await takeStock(project)
    await project.pikoWell('create', 'feature-auth')
    const before = await takeStock(project)
    const no = project.startOnTerminal('destroy', 'feature-auth')
    await until('the question', () => no.output().includes('[y/N]'))
    no.type('n\n')
    const declined = await no.ended
    await expectStock(project, before)
    expect(declined.stdout).to.contain('Canceled; feature-auth was not changed')
    expect(declined.exitCode).to.equal(5)

    const yes = project.startOnTerminal('destroy', 'feature-auth', '--delete-branch')
    await until('the question', () => yes.output().includes('[y/N]'))
    yes.type('y\n')
    expect((await yes.ended).exitCode).to.equal(0)
    await expectStock(project, clean)
  })

  it('requires --yes off a terminal if data would be lost, and can keep the data', async () => {
    const project = await scenario.project({ files: shop })
    await project.pikoWell('create', 'feature-auth')
    const before = await takeStock(project)
    const { exitCode, stderr } = await project.piko('destroy', 'feature-auth')
    await expectStock(project, before)
    expect(stderr).to.contain('nothing was changed').and.to.contain('piko destroy feature-auth --yes')
    expect(exitCode).to.equal(5)

    await project.pikoWell('destroy', 'feature-auth', '--yes', '--keep-volumes')
    expect(project.engine().volumes).to.include(`piko-${project.mark}-feature-auth-db-data`)
    expect(project.engine().containers.filter(name => name.includes(project.mark))).to.deep.equal([])
  })

  it('finishes with --force if another container holds a volume, and names it', async () => {
    const project = await scenario.project({ files: full })
    await project.pikoWell('create', 'feature-auth')
    const volume = `piko-${project.mark}-feature-auth-kept`
    const holder = `holder-${project.mark}`
    await project.run(
      'docker',
      'run',
      '-d',
      '--name',
      holder,
      '-v',
      `${volume}:/kept`,
      'busybox',
      'sleep',
      '1000000',
    )
    try {
      const refused = await project.piko('destroy', 'feature-auth', '--yes')
      expect(refused.exitCode).to.equal(7)
      expect(refused.stderr).to.contain(holder).and.to.contain('`piko destroy feature-auth --force`')
      const { exitCode, stderr } = await project.piko('destroy', 'feature-auth', '--yes', '--force')
      expect(exitCode).to.equal(0)
      expect(stderr).to.contain(`! Volume ${volume} stays, since ${holder} holds it`)
      expect(stderr).to.contain(`\`docker volume rm ${volume}\``)
      expect(await project.pikoWell('list')).to.contain('No environments')
    } finally {
      await project.run('docker', 'rm', '-f', holder)
    }
    expect((await project.run('docker', 'volume', 'rm', volume)).exitCode).to.equal(0)
  })

  it('needs no --yes off a terminal if there is no data', async () => {
    const project = await scenario.project({ files: site })
    const before = await takeStock(project)
    await project.pikoWell('create', 'feature-auth')
    await project.pikoWell('destroy', 'feature-auth', '--delete-branch')
    await expectStock(project, before)
  })

  it('works if the worktree is already gone', async () => {
    const project = await scenario.project({ files: full })
    const before = await takeStock(project)
    await project.pikoWell('create', 'feature-auth')
    await project.run('rm', '-rf', project.worktree('feature-auth'))
    await project.pikoWell('destroy', 'feature-auth', '--yes', '--delete-branch')
    await expectStock(project, before)
  })
})
