import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { useScenario } from '../../support/scenario.js'
import type { ScratchProject } from '../../support/scratch-project.js'
import { expectStock, takeStock } from '../../support/stock.js'

/** No containers needed: this tests git. */
const files = { README: 'hello\n' }
const config = 'plugins: []\n'

describe('destroy and unsaved work', () => {
  const scenario = useScenario()
  const made = async () => {
    const project = await scenario.project({ files, config, remote: true })
    await project.pikoWell('create', 'feature-auth')
    return { project, inside: project.at(project.worktree('feature-auth')) }
  }
  /** Expects destroy to refuse, change nothing, and hint at exactly these commits. */
  const expectRefusal = async (
    project: ScratchProject,
    words: readonly string[],
    subjects: readonly string[],
  ) => {
    const before = await takeStock(project)
    const { exitCode, stderr } = await project.piko('destroy', 'feature-auth', '--yes', ...words)
    await expectStock(project, before)
    expect(exitCode).to.equal(5)
    const command = /run `(git .* log .*)`$/m.exec(stderr)?.[1] ?? ''
    const { stdout } = await project.run('sh', '-c', `${command} --format=%s`)
    expect(stdout.trim().split('\n'), stderr).to.deep.equal(subjects)
    return stderr
  }

  it('refuses to lose uncommitted files', async () => {
    const { project, inside } = await made()
    inside.write('idea.txt', 'not committed\n')
    const before = await takeStock(project)
    const { exitCode, stderr } = await project.piko('destroy', 'feature-auth', '--yes')
    await expectStock(project, before)
    expect(stderr)
      .to.contain('uncommitted: idea.txt')
      .and.to.contain('`piko destroy feature-auth --yes --force`')
    expect(stderr)
      .to.contain(`git -C ${project.worktree('feature-auth')} status`)
      .and.not.to.contain(' log ')
    expect(exitCode).to.equal(5)
    await project.pikoWell('destroy', 'feature-auth', '--yes', '--force', '--delete-branch')
    expect(await project.git('branch', '--list', 'feature-auth')).to.equal('')
  })

  it('does not count commits of a branch that stays', async () => {
    const { project, inside } = await made()
    await inside.commit({ 'done.txt': 'committed\n' })
    await project.pikoWell('destroy', 'feature-auth', '--yes')
    expect(await project.git('log', '-1', '--format=%s', 'feature-auth')).to.equal('Add done.txt')
  })

  it('refuses to lose commits of a branch that it deletes', async () => {
    const { project, inside } = await made()
    await inside.commit({ 'one.txt': '1\n' })
    await inside.commit({ 'two.txt': '2\n' })
    const stderr = await expectRefusal(project, ['--delete-branch'], ['Add two.txt', 'Add one.txt'])
    expect(stderr)
      .to.contain('2 commits that only the branch feature-auth has')
      .and.not.to.contain(' status`')
    expect(stderr).to.contain('`piko destroy feature-auth --yes --delete-branch --force`')
    await inside.git('push', '--quiet', 'origin', 'feature-auth')
    await project.pikoWell('destroy', 'feature-auth', '--yes', '--delete-branch')
    expect(await project.git('branch', '--list', 'feature-auth')).to.equal('')
  })

  it('refuses to lose commits of HEAD that no branch contains', async () => {
    const { project, inside } = await made()
    await inside.git('switch', '--quiet', '--detach')
    await inside.commit({ 'loose.txt': '1\n' })
    const stderr = await expectRefusal(project, [], ['Add loose.txt'])
    expect(stderr).to.contain('one commit at HEAD that no branch has')
    await inside.git('branch', 'kept')
    await project.pikoWell('destroy', 'feature-auth', '--yes')
  })

  it('refuses to lose unpushed commits of a submodule', async () => {
    const { project, inside } = await made()
    const library = join(project.folder, 'library')
    await project.run('git', 'init', '--quiet', library)
    await project.at(library).commit({ 'lib.txt': 'lib\n' })
    await inside.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', library, 'lib')
    await inside.git('commit', '--quiet', '--message', 'Add the library')
    await project.at(join(project.worktree('feature-auth'), 'lib')).commit({ 'mine.txt': '1\n' })
    await inside.git('commit', '--quiet', '--all', '--message', 'Move the library')
    const stderr = await expectRefusal(project, [], ['Add mine.txt'])
    expect(stderr).to.contain('one commit in the submodule lib that no remote has')
  })
})

describe('after destroying everything', () => {
  const scenario = useScenario()

  for (const [what, text] of [
    ['as git makes it', undefined],
    ['without a line end', '# mine\n*.swp'],
  ] as const)
    it(`.git/info/exclude is unchanged (${what})`, async () => {
      const project = await scenario.project({
        files: { 'compose.yaml': 'services: { web: { image: busybox } }\n', deps: 'x\n' },
        config: 'env: { GREETING: hello }\nfiles: { link: [deps] }\n',
      })
      const file = join(project.root, '.git/info/exclude')
      if (text !== undefined) writeFileSync(file, text)
      const before = readFileSync(file, 'utf8')
      await project.pikoWell('create', 'first', '--no-start')
      await project.pikoWell('create', 'second', '--no-start')
      const lines = () => readFileSync(file, 'utf8')
      expect(lines()).to.contain('/docker-compose.piko.yml\n')
      expect(await project.git('status', '--porcelain')).to.equal('')
      await project.pikoWell('destroy', 'first', '--yes', '--delete-branch')
      expect(lines()).to.contain('/docker-compose.piko.yml\n')
      await project.pikoWell('destroy', 'second', '--yes', '--delete-branch')
      expect(lines()).to.equal(before)
      expect(existsSync(join(project.root, '.piko'))).to.equal(true)
      expect(await project.git('status', '--porcelain')).to.equal('')
    })
})
