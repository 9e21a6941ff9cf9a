import { expect } from 'chai'
import { existsSync } from 'node:fs'
import { full } from '../../support/compose-projects.js'
import { useScenario } from '../../support/scenario.js'
import { expectStock, takeStock } from '../../support/stock.js'
import { until } from '../../support/until.js'
import { isOnEngine } from '../../support/world.js'

const config = `scripts: { setup: 'echo > setup.started; exec sleep 60' }\n`

/** A service that is never ready. */
const late = `  late:
    image: busybox
    init: true
    command: sleep 1000
    healthcheck: { test: ['CMD', 'false'], interval: 1s, retries: 90 }
`

describe('Ctrl-C', () => {
  const scenario = useScenario()

  it('removes everything while containers start', async () => {
    const project = await scenario.project({ files: full, config })
    const before = await takeStock(project)
    const create = project.startPiko('create', 'feature-auth')
    await until('a container', () => isOnEngine(project.mark, 'container'))
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

  it('leaves a running environment running, and says how to finish', async () => {
    const project = await scenario.project({ files: full })
    await project.pikoWell('create', 'feature-auth')
    const inside = project.at(project.worktree('feature-auth'))
    inside.write('compose.yaml', String(full['compose.yaml']).replace('services:\n', `services:\n${late}`))
    const up = project.startPiko('up', 'feature-auth', '--verbose')
    await until('the new container', () => project.engine().containers.some(name => name.includes('-late-')))
    up.killGroup('SIGINT')
    const { exitCode, stderr } = await up.ended
    expect(exitCode).to.equal(130)
    expect(stderr).to.contain('To finish it, run `piko up feature-auth`').and.not.contain('undoing')
    const status = await project.json<{ status: string }>('status', 'feature-auth')
    expect(status).to.have.property('status', 'running')
    await project.pikoWell('destroy', 'feature-auth', '--yes', '--force', '--delete-branch')
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
