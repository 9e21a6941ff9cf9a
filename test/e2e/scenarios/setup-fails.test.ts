import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { site } from '../../support/compose-projects.js'
import { useScenario } from '../../support/scenario.js'
import { expectStock, takeStock } from '../../support/stock.js'

const config = `scripts:\n  setup: |\n    echo "about to fail in $PIKO_ENV_NAME" >&2\n    test -e ready\n`

interface Listed {
  readonly environments: readonly { readonly name: string; readonly status: string }[]
}

describe('a setup script that fails', () => {
  const scenario = useScenario()

  it('leaves the environment failed, with its containers stopped, to be resumed', async () => {
    const project = await scenario.project({ files: site, config })
    const before = await takeStock(project)
    const { exitCode, stdout, stderr } = await project.piko('create', 'feature-auth')
    expect({ exitCode, stdout }).to.deep.equal({ exitCode: 3, stdout: '' })
    expect(stderr).to.contain('`scripts.setup`').and.to.contain('about to fail in feature-auth')
    expect(stderr).to.contain('feature-auth is kept as failed; its containers are stopped')
    expect(stderr).not.to.contain('--keep-on-failure')
    const log = /The log is in (.*)$/m.exec(stderr)?.[1] ?? ''
    expect(readFileSync(log, 'utf8')).to.contain('about to fail in feature-auth')
    const state = await project.run('docker', 'inspect', '-f', '{{.State.Status}}', container(project.mark))
    expect(state.stdout.trim()).to.equal('exited')
    expect((await project.json<Listed>('list')).environments).to.have.length(1)
    expect((await project.json<Listed>('list')).environments[0]?.status).to.equal('failed')

    project.at(project.worktree('feature-auth')).write('ready', '')
    const again = await project.piko('create', 'feature-auth')
    expect(again.stdout).to.contain('✓ Environment ready')
    expect((await project.json<Listed>('list')).environments[0]?.status).to.equal('running')
    await project.pikoWell('destroy', 'feature-auth', '--yes', '--force', '--delete-branch')
    await expectStock(project, before)
  })

  it('leaves nothing with --rollback', async () => {
    const project = await scenario.project({ files: site, config })
    const before = await takeStock(project)
    const { exitCode } = await project.piko('create', 'feature-auth', '--rollback')
    await expectStock(project, before)
    expect(exitCode).to.equal(3)
  })
})

function container(mark: string): string {
  return `piko-${mark}-feature-auth-web-1`
}
