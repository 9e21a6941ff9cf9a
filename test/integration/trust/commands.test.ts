import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { makeScratchProject, type ScratchProject } from '../../support/scratch-project.js'

const only = 'plugins: []\n'

describe("commands for this machine in the main checkout's .piko.yml", () => {
  let project: ScratchProject
  beforeEach(async () => {
    project = await makeScratchProject({ files: { README: '' }, config: only }, () => undefined)
  })
  afterEach(() => project.dispose())

  const configure = (text: string) => project.write('.piko.yml', `${project.portsLine}${only}${text}`)
  const proof = () => existsSync(join(project.worktree('one'), 'proof'))
  const refusal = async (...words: readonly string[]) => {
    const { exitCode, stderr } = await project.piko(...words)
    expect(exitCode, stderr).to.equal(5)
    expect(stderr).to.contain('TRUST_NEEDED').and.contain('`piko trust`')
    return stderr
  }

  it('run only once approved, and again when they change', async () => {
    configure('scripts: { prepare: touch proof }\n')
    expect(await refusal('create', 'one')).to.contain('scripts.prepare: touch proof')
    expect(existsSync(project.worktree('one'))).to.equal(false)
    expect(await project.pikoWell('trust')).to.equal(
      '✓ Approved for .piko.yml:\n  scripts.prepare: touch proof\n',
    )
    await project.pikoWell('create', 'one')
    expect(proof()).to.equal(true)
    await project.pikoWell('create', 'two')
    configure('scripts: { prepare: touch proof again }\n')
    await refusal('up', 'one')
    await project.pikoWell('up', 'one', '--trust')
    await project.pikoWell('trust', '--revoke')
    await refusal('up', 'one')
  })

  it('are asked about when they would run, not before', async () => {
    configure('scripts: { run: touch proof, destroy: exit 0 }\n')
    await project.pikoWell('create', 'one')
    expect(await refusal('run', 'one'))
      .to.contain('scripts.run')
      .and.not.contain('scripts.destroy')
    expect(proof()).to.equal(false)
    expect(await refusal('destroy', 'one', '--yes')).to.contain('scripts.destroy')
    await project.pikoWell('trust')
    await project.pikoWell('run', 'one')
    expect(proof()).to.equal(true)
    await project.pikoWell('destroy', 'one', '--yes', '--force')
  })

  it('are those of the main checkout: the file of a branch is not read', async () => {
    await project.git('switch', '--quiet', '--create', 'one')
    configure('scripts: { prepare: touch proof }\n')
    await project.git('commit', '--quiet', '--all', '--message', 'Change')
    await project.git('switch', '--quiet', 'main')
    await project.pikoWell('create', 'one')
    expect(proof()).to.equal(false)
  })

  it('cannot hide a part of themselves from the user', async () => {
    configure('scripts: { prepare: "touch proof #\\e[2K\\r\\nexit" }\n')
    expect(await refusal('create', 'one')).to.contain('touch proof #\\x1b[2K\\x0d\\nexit')
  })

  it('need no approval if `piko init` has just written the file', async () => {
    await project.commit({ 'compose.yaml': 'services: { web: { image: busybox } }\n' })
    await project.run('rm', '.piko.yml')
    await project.pikoWell('init')
    expect(await project.pikoWell('trust')).to.equal('Nothing of .piko.yml needs approval\n')
  })

  it('are not approved by what a repository brings', async () => {
    configure('scripts: { prepare: touch proof }\n')
    await project.pikoWell('trust')
    const elsewhere = join(project.folder, 'copy')
    await project.run('cp', '-r', project.root, elsewhere)
    await project.run('rm', '-rf', join(elsewhere, '.piko'))
    const { exitCode } = await project.at(elsewhere).piko('create', 'one')
    expect(exitCode).to.equal(5)
  })
})
