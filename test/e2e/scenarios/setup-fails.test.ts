import { expect } from 'chai'
import { useScenario } from '../../support/scenario.js'
import { expectStock, takeStock } from '../../support/stock.js'

const config = `scripts:\n  setup: |\n    echo "about to fail in $PIKO_ENV_NAME" >&2\n    test -e ready\n`

interface Listed {
  readonly environments: readonly { readonly name: string; readonly status: string }[]
}

describe('a setup script that fails leaves no half-made environment', () => {
  const scenario = useScenario()

  it('what the run made is taken back', async () => {
    const project = await scenario.project({ config })
    const before = await takeStock(project)
    const { exitCode, stdout, stderr } = await project.piko('create', 'feature-auth')
    await expectStock(project, before)
    expect(stderr).to.contain('`scripts.setup`').and.to.contain('about to fail in feature-auth')
    expect(stderr).to.contain('--keep-on-failure')
    expect({ exitCode, stdout }).to.deep.equal({ exitCode: 3, stdout: '' })
  })

  it('unless it is to be kept, as failed, and then goes on', async () => {
    const project = await scenario.project({ config })
    const before = await takeStock(project)
    const kept = await project.piko('create', 'feature-auth', '--keep-on-failure')
    const container = `piko-${project.mark}-feature-auth-web-1`
    expect(project.engine().containers).to.include(container)
    expect((await project.json<Listed>('list')).environments).to.have.length(1)
    expect((await project.json<Listed>('list')).environments[0]).to.include({
      name: 'feature-auth',
      status: 'failed',
    })
    expect(kept.exitCode).to.equal(3)

    project.at(project.worktree('feature-auth')).write('ready', '')
    await project.pikoWell('up', 'feature-auth')
    expect((await project.json<Listed>('list')).environments[0]?.status).to.equal('running')
    await project.pikoWell('destroy', 'feature-auth', '--yes', '--force', '--delete-branch')
    await expectStock(project, before)
  })

  it('also what `create` goes on with', async () => {
    const project = await scenario.project({ config })
    await project.piko('create', 'feature-auth', '--keep-on-failure')
    project.at(project.worktree('feature-auth')).write('ready', '')
    const again = await project.piko('create', 'feature-auth')
    expect((await project.json<Listed>('list')).environments[0]?.status).to.equal('running')
    expect(again.stdout).to.contain('✓ Environment ready')
  })
})
