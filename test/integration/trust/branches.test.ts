import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { requireTool } from '../../support/require-tool.js'
import type { ScratchProject } from '../../support/scratch-project.js'
import { makeProjectOfMany, plain, push } from '../../support/strangers.js'

const privileged = `${plain['compose.yaml'] ?? ''}    privileged: true\n`

describe('a branch that nobody has read yet', () => {
  let project: ScratchProject
  before(function () {
    requireTool(this, 'docker')
  })
  beforeEach(async () => (project = await makeProjectOfMany()))
  afterEach(() => project.dispose())

  const create = (name: string, ...more: readonly string[]) =>
    project.piko('create', name, '--no-start', ...more)
  const refusal = async (...words: readonly string[]) => {
    const { exitCode, stderr } = await project.piko(...words)
    expect(exitCode, stderr).to.equal(5)
    expect(stderr).to.contain('TRUST_NEEDED')
    return stderr
  }

  it('may reach no more of the machine than the main checkout without approval', async () => {
    await push(project, { branch: 'review-me', files: { 'compose.yaml': privileged } })
    const stderr = await refusal('create', 'review-me', '--no-start')
    expect(stderr).to.contain('Service web is privileged').and.contain('`piko trust review-me`')
    expect(existsSync(project.worktree('review-me'))).to.equal(false)
    expect(await project.git('branch', '--list', 'review-me')).to.equal('')
    expect(await project.pikoWell('list', '--json')).to.contain('"environments": []')
  })

  it('is created once what it reaches is approved, and asked about again when that changes', async () => {
    await push(project, { branch: 'review-me', files: { 'compose.yaml': privileged } })
    expect(await project.pikoWell('trust', 'review-me')).to.contain('Service web is privileged')
    expect((await create('review-me')).exitCode).to.equal(0)
    const inside = project.at(project.worktree('review-me'))
    expect((await inside.piko('sync')).exitCode).to.equal(0)
    inside.write('compose.yaml', `${privileged}    volumes: ['/etc:/host:ro']\n`)
    for (const command of ['sync', 'up']) {
      const stderr = await refusal(command, 'review-me')
      expect(stderr).to.contain('mounts /etc, read-only').and.not.contain('privileged')
    }
    expect((await inside.piko('sync', '--trust')).exitCode).to.equal(0)
    expect((await inside.piko('sync')).exitCode).to.equal(0)
  })

  it('is not asked about if it reaches no more than the main checkout', async () => {
    const files = { 'compose.yaml': (plain['compose.yaml'] ?? '').replace('1d', '2d') }
    await push(project, { branch: 'harmless', files })
    expect((await create('harmless')).exitCode).to.equal(0)
  })

  it('is not asked about if it is the own work of the user', async () => {
    await project.git('switch', '--quiet', '--create', 'mine')
    await project.commit({ 'compose.yaml': privileged })
    await project.git('switch', '--quiet', 'main')
    expect((await create('mine')).exitCode).to.equal(0)
  })

  it('is not taken for own work because its commits claim so', async () => {
    const files = { 'compose.yaml': privileged }
    await push(project, { branch: 'forged', files, committer: 'test@example.org' })
    await refusal('create', 'forged', '--no-start')
    await project.git('branch', 'local', 'origin/forged')
    await refusal('create', 'local', '--no-start')
    await refusal('create', 'new', '--from', 'origin/forged', '--no-start')
    const commit = await project.git('rev-parse', 'origin/forged')
    await refusal('create', 'new', '--from', commit, '--no-start')
  })

  it('is asked about without any access if it comes from another remote, before ignored files are copied', async () => {
    await push(project, { branch: 'forked', files: { 'new.txt': 'x\n' }, remote: 'fork' })
    const stderr = await refusal('create', 'forked', '--no-start')
    expect(stderr).to.contain('comes from fork').and.contain('It gets .env of the main checkout')
    expect(existsSync(join(project.worktree('forked'), '.env'))).to.equal(false)
    expect((await create('forked', '--trust')).exitCode).to.equal(0)
    expect(existsSync(join(project.worktree('forked'), '.env'))).to.equal(true)
  })

  it('is asked about if it is the ref of a pull request', async () => {
    await push(project, { branch: 'theirs', files: { 'new.txt': 'x\n' } })
    const remote = join(project.folder, 'remote.git')
    execFileSync('git', ['-C', remote, 'update-ref', 'refs/pull/7/head', 'theirs'])
    await project.git('fetch', '--quiet', 'origin', 'pull/7/head:pr-7')
    expect(await refusal('create', 'pr-7', '--no-start')).to.contain('comes from origin')
  })

  it('cannot trust itself: `trust` in its own .piko.yml does not count', async () => {
    const files = {
      'compose.yaml': privileged,
      '.piko.yml': `${project.portsLine}trust: { branches: all }\n`,
    }
    await push(project, { branch: 'review-me', files })
    await refusal('create', 'review-me', '--no-start')
  })

  it('is trusted as `trust` in the main checkout says, but never one of another remote', async () => {
    await push(project, { branch: 'review-me', files: { 'compose.yaml': privileged } })
    await push(project, { branch: 'forked', files: { 'new.txt': 'x\n' }, remote: 'fork' })
    project.write('.piko.yml', `${project.portsLine}trust: { branches: all }\n`)
    expect((await create('review-me')).exitCode).to.equal(0)
    await refusal('create', 'forked', '--no-start')
    await project.git('switch', '--quiet', '--create', 'mine')
    await project.commit({ 'compose.yaml': privileged })
    await project.git('switch', '--quiet', 'main')
    project.write('.piko.yml', `${project.portsLine}trust: { branches: ask }\n`)
    await refusal('create', 'mine', '--no-start')
  })

  it('is approved with --trust, once for all, or with PIKO_TRUST=all, for one command', async () => {
    await push(project, { branch: 'review-me', files: { 'compose.yaml': privileged } })
    const everything = project.at(project.root, { PIKO_TRUST: 'all' })
    await everything.pikoWell('create', 'review-me', '--no-start')
    await refusal('sync', 'review-me')
    await project.pikoWell('sync', 'review-me', '--trust')
    await project.pikoWell('sync', 'review-me')
  })

  it('is asked about on a terminal, and only yes approves', async () => {
    await push(project, { branch: 'review-me', files: { 'compose.yaml': privileged } })
    const declined = project.startOnTerminal('create', 'review-me', '--no-start')
    declined.type('\n')
    expect((await declined.ended).exitCode).to.equal(5)
    const approved = project.startOnTerminal('create', 'review-me', '--no-start')
    approved.type('yes\n')
    const { exitCode, stdout } = await approved.ended
    expect(exitCode).to.equal(0)
    expect(stdout).to.contain('Service web is privileged').and.contain('Approve this?')
  })

  it('loses its approval with --revoke', async () => {
    await push(project, { branch: 'review-me', files: { 'compose.yaml': privileged } })
    await project.pikoWell('trust', 'review-me')
    expect(await project.pikoWell('trust', '--list')).to.contain('review-me\n  Service web is privileged')
    await project.pikoWell('trust', 'review-me', '--revoke')
    expect(await project.pikoWell('trust', '--list')).to.equal('Nothing is approved in this project\n')
    await refusal('create', 'review-me', '--no-start')
    expect((await project.piko('trust', 'review-me', '--revoke')).exitCode).to.equal(3)
  })
})
