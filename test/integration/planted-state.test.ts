import { expect } from 'chai'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openDatabase } from '#src/state/open.js'
import { makeScratchProject, type ScratchProject } from '../support/scratch-project.js'

const reading = [
  ['list'],
  ['env', 'one'],
  ['path', 'one'],
  ['status', 'one'],
  ['run', 'one', '--', 'env'],
  [],
]

describe('state that piko did not write', () => {
  let made: ScratchProject
  const project = () => made
  const state = () => join(project().root, '.piko/state.db')
  beforeEach(async () => {
    made = await makeScratchProject({ config: 'plugins: []\n' }, () => undefined)
  })
  afterEach(() => made.dispose())

  /** Changes the database as an attacker would, in a program of their own. */
  const forge = (file: string, set: string) => {
    const database = openDatabase(file)
    database.exec(`UPDATE environments SET ${set}`)
    database.exec('PRAGMA journal_mode = DELETE')
    database.close()
  }
  const stolen = () => join(project().folder, 'stolen')
  /** A commit on the branch `evil` with forged state, while `main` stays checked out with its own. */
  const commitForged = async (path = '.piko/state.db') => {
    await project().pikoWell('create', 'one')
    const { folder, root } = project()
    const clone = join(folder, 'attacker')
    await project().git('worktree', 'add', '--quiet', '-b', 'evil', clone)
    mkdirSync(join(clone, '.piko'))
    const copy = openDatabase(state()).serialize()
    writeFileSync(join(clone, path), copy)
    forge(
      join(clone, path),
      `path = '${folder}/home', variables = json_object('A$(touch ${stolen()})', 'x', 'NODE_OPTIONS', '--require=/evil.js')`,
    )
    const there = project().at(clone)
    await there.git('add', '--force', path)
    await there.git('commit', '--quiet', '--message', 'evil')
    await project().git('worktree', 'remove', '--force', clone)
    return root
  }

  it('is refused in a clone, by every command', async () => {
    await commitForged()
    const clone = join(project().folder, 'clone')
    await project().git('clone', '--quiet', '--branch', 'evil', project().root, clone)
    for (const words of reading) {
      const { stdout, stderr, exitCode } = await project()
        .at(clone)
        .piko(...words)
      if (words.length > 0) expect(stderr, words.join(' ')).to.contain('STATE_TRACKED')
      if (words.length > 0) expect(exitCode, words.join(' ')).to.equal(5)
      expect(stdout + stderr)
        .to.not.contain('touch')
        .and.to.not.contain('/evil.js')
    }
    const { exitCode } = await project().at(clone).run('git', 'rm', '-r', '--force', '--quiet', '--', '.piko')
    expect(exitCode).to.equal(0)
    expect(await project().at(clone).pikoWell('list')).to.contain('No environments')
  })

  it('is refused in a subfolder and in a worktree', async () => {
    await commitForged()
    const forged = join(project().folder, 'forged')
    await project().git('worktree', 'add', '--quiet', forged, 'evil')
    const { stdout } = await project().at(forged).piko('env', 'one', '--format', 'shell')
    expect(stdout).to.not.contain('touch')
    mkdirSync(join(project().root, 'sub'))
    renameSync(join(forged, '.piko'), join(project().root, 'sub/.piko'))
    const sub = await project().at(join(project().root, 'sub')).pikoWell('env', 'one', '--format', 'shell')
    expect(sub).to.contain(`PIKO_BRANCH='one'`).and.to.not.contain('touch')
  })

  it('does not replace the state when its branch is checked out', async () => {
    await commitForged()
    const worktree = await project().pikoWell('path', 'one')
    await project().git('checkout', '--quiet', 'evil')
    expect((await project().piko('path', 'one')).exitCode).to.equal(5)
    await project().git('checkout', '--quiet', 'main')
    expect(await project().pikoWell('path', 'one')).to.equal(worktree)
    await project().git('checkout', '--quiet', 'evil')
    await project().git('rm', '-r', '--quiet', '--cached', '--', '.piko')
    expect(await project().pikoWell('path', 'one')).to.equal(worktree)
    await project().pikoWell('destroy', 'one', '--yes', '--delete-branch', '--force')
  })

  it('is refused when only the log of the database is from a branch', async () => {
    await commitForged('.piko/state.db-wal')
    await project().git('checkout', '--quiet', 'evil')
    for (const words of reading.filter(({ length }) => length > 0)) {
      const { stderr } = await project().piko(...words)
      expect(stderr, words.join(' ')).to.contain('STATE_TRACKED')
    }
    await project().git('checkout', '--quiet', 'main') // git made the file readable for others
  })

  it('is refused when it is a symbolic link', async () => {
    await commitForged()
    const elsewhere = join(project().folder, 'elsewhere.db')
    renameSync(state(), elsewhere)
    for (const end of ['-wal', '-shm']) rmSync(`${state()}${end}`, { force: true })
    symlinkSync(elsewhere, state())
    for (const words of reading.filter(({ length }) => length > 0)) {
      const { exitCode, stderr } = await project().piko(...words)
      expect(stderr, words.join(' ')).to.contain('STATE_LINKED')
      expect(exitCode).to.equal(5)
    }
    const hint = /`(rm .*)`/.exec((await project().piko('list')).stderr)?.[1] ?? ''
    await project().run('sh', '-c', hint)
    expect((await project().piko('list')).stderr).to.not.contain('STATE_LINKED')
  })

  it('is refused when it belongs to another user', async function () {
    if (process.getuid?.() !== 0) this.skip()
    await project().pikoWell('create', 'one')
    await project().run('chown', '12345', state())
    const { exitCode, stderr } = await project().piko('env', 'one')
    expect(stderr).to.contain('STATE_OF_OTHER_USER')
    expect(exitCode).to.equal(5)
  })

  it('is taken over once if it is from before piko kept a second name of it', async () => {
    await project().pikoWell('create', 'one')
    rmSync(join(project().root, '.git/piko'), { recursive: true })
    expect(await project().pikoWell('path', 'one')).to.equal(`${project().worktree('one')}\n`)
    expect(existsSync(join(project().root, '.git/piko/state.db'))).to.equal(true)
    expect(readFileSync(state()).length).to.be.greaterThan(0)
  })

  it('cannot name a variable that a shell would run, or a folder that git does not know', async () => {
    await project().pikoWell('create', 'one')
    const foreign = join(project().folder, 'foreign')
    await project().run('git', 'init', '--quiet', foreign)
    forge(state(), `path = '${foreign}', variables = json_object('A$(touch ${stolen()})', 'x', 'OK', 'y')`)
    for (const format of ['dotenv', 'shell', 'fish'])
      expect(await project().pikoWell('env', 'one', '--format', format)).to.match(/^[^$]*\bOK[^$]*\n$/)
    expect(await project().json('env', 'one')).to.deep.equal({ OK: 'y' })
    for (const words of [
      ['path', 'one'],
      ['run', 'one', '--', 'pwd'],
      ['up', 'one'],
    ]) {
      const { stdout, stderr, exitCode } = await project().piko(...words)
      expect(stderr, words.join(' ')).to.contain('ENVIRONMENT_PATH_FOREIGN')
      expect([exitCode, stdout]).to.deep.equal([5, ''])
    }
    const { stderr } = await project().piko('destroy', 'one', '--yes', '--force')
    expect(stderr).to.not.contain('rm -rf')
    expect(existsSync(join(foreign, '.git'))).to.equal(true)
    expect(existsSync(stolen())).to.equal(false)
  })
})
