import { addWorktree } from '#src/worktree/add-worktree.js'
import { listWorktrees } from '#src/worktree/list-worktrees.js'
import { removeWorktree } from '#src/worktree/remove-worktree.js'
import type { Repository } from '#src/worktree/repository.js'
import { resolveBranch } from '#src/worktree/resolve-branch.js'
import { expect } from 'chai'
import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { failureOf, useGit } from '../../support/git.js'

const NOBODY = 65534

describe('removeWorktree', () => {
  const bed = useGit()
  const place = () => join(bed.folder, `-it's "x" ü`)
  const registered = async (repository: Repository) =>
    (await listWorktrees(repository)).slice(1).map(worktree => worktree.path)

  async function withWorktree(repository = bed.repository()) {
    await addWorktree(repository, { path: place(), branch: await resolveBranch(repository, 'x') })
    return repository
  }

  it('removes the folder, with ignored files, and the registration, and keeps the branch', async () => {
    const repository = await withWorktree()
    writeFileSync(join(repository.gitCommonDir, 'info/exclude'), '/.piko/\n*.log\n')
    bed.write(place(), '.piko/state')
    bed.write(place(), 'deep/er/x.log')
    await removeWorktree(repository, place())
    expect(existsSync(place())).to.equal(false)
    expect(await registered(repository)).to.deep.equal([])
    expect(bed.git(repository.mainCheckout, 'branch', '--list', 'x')).to.equal('  x')
  })

  it('does nothing the second time', async () => {
    const repository = await withWorktree()
    await removeWorktree(repository, place())
    await removeWorktree(repository, place())
    await removeWorktree(repository, place(), { force: true })
  })

  it('refuses to lose work, unless forced', async () => {
    const repository = await withWorktree()
    bed.write(place(), 'new')
    const failed = await failureOf(removeWorktree(repository, place()))
    expect(failed).to.include({ code: 'WORKTREE_HAS_WORK', kind: 'refused' })
    expect(failed.details).to.deep.equal(['new'])
    expect(failed.hints.join('\n')).to.include('--force')
    expect(readFileSync(join(place(), 'new'), 'utf8')).to.equal('new\n')
    expect(await registered(repository)).to.deep.equal([place()])
    await removeWorktree(repository, place(), { force: true })
    expect(existsSync(place())).to.equal(false)
  })

  it('refuses to lose commits that are on no branch', async () => {
    const repository = await withWorktree()
    bed.git(place(), 'checkout', '-q', '--detach')
    bed.commit(place(), 'lost')
    expect((await failureOf(removeWorktree(repository, place()))).message).to.include(
      '1 × commit on no branch',
    )
  })

  it('resumes an interrupted removal', async () => {
    const repository = bed.repository()
    bed.commit(repository.mainCheckout, 'deep/er')
    await withWorktree(repository)
    rmSync(join(place(), 'deep'), { recursive: true })
    await removeWorktree(repository, place())
    expect(await registered(repository)).to.deep.equal([])
    await withWorktree(repository)
    rmSync(place(), { recursive: true })
    mkdirSync(place())
    await removeWorktree(repository, place())
    expect(await registered(repository)).to.deep.equal([])
    expect(existsSync(place())).to.equal(false)
  })

  it('prunes only the registration of a folder removed by hand', async () => {
    const repository = await withWorktree()
    const other = join(bed.folder, 'other')
    bed.git(repository.mainCheckout, 'worktree', 'add', '-q', other)
    rmSync(other, { recursive: true })
    rmSync(place(), { recursive: true })
    await removeWorktree(repository, place())
    expect(await registered(repository)).to.deep.equal([other])
  })

  it('keeps a locked worktree even with force, and gives the reason and a way forward', async () => {
    const repository = await withWorktree()
    bed.git(repository.mainCheckout, 'worktree', 'lock', '--reason', 'in "use"', place())
    for (const force of [false, true]) {
      const failed = await failureOf(removeWorktree(repository, place(), { force }))
      expect(failed).to.include({ code: 'WORKTREE_LOCKED', kind: 'refused' })
      expect(failed.message).to.include('in "use"')
      expect(failed.hints.at(-1)).to.include('worktree unlock')
    }
    expect(existsSync(join(place(), 'README'))).to.equal(true)
  })

  it('removes a worktree that git was killed over while creating it', async () => {
    const repository = await withWorktree()
    const gitDir = bed.git(place(), 'rev-parse', '--absolute-git-dir')
    writeFileSync(join(gitDir, 'locked'), 'initializing')
    rmSync(join(gitDir, 'index'))
    await removeWorktree(repository, place())
    expect(existsSync(place())).to.equal(false)
    expect(await registered(repository)).to.deep.equal([])
  })

  it('never removes the main checkout', async () => {
    const repository = bed.repository()
    const failed = await failureOf(removeWorktree(repository, repository.mainCheckout, { force: true }))
    expect(failed).to.include({ code: 'WORKTREE_IS_MAIN', kind: 'refused' })
    expect(existsSync(join(repository.mainCheckout, 'README'))).to.equal(true)
  })

  it('leaves a folder alone that is not a worktree of the repository', async () => {
    const repository = bed.repository()
    const stranger = bed.repository('stranger').mainCheckout
    const folder = join(bed.write(repository.mainCheckout, '.piko/worktrees/x/file'), '..')
    for (const path of [stranger, folder]) {
      const failed = await failureOf(removeWorktree(repository, path, { force: true }))
      expect(failed).to.include({ code: 'WORKTREE_UNREGISTERED', kind: 'refused' })
    }
    expect(existsSync(join(folder, 'file'))).to.equal(true)
  })

  it('refuses a worktree that has lost its link, since its work cannot be checked', async () => {
    const repository = await withWorktree()
    rmSync(join(place(), '.git'))
    const failed = await failureOf(removeWorktree(repository, place()))
    expect(failed).to.include({ code: 'WORKTREE_BROKEN', kind: 'refused' })
    await removeWorktree(repository, place(), { force: true })
    expect(existsSync(place())).to.equal(false)
  })

  it('leaves another repository in its place alone', async () => {
    const repository = await withWorktree()
    rmSync(place(), { recursive: true })
    bed.repository(`-it's "x" ü`)
    const failed = await failureOf(removeWorktree(repository, place(), { force: true }))
    expect(failed).to.include({ code: 'WORKTREE_UNREGISTERED', kind: 'refused' })
    expect(existsSync(join(place(), 'README'))).to.equal(true)
  })

  it('removes a worktree with submodules, which git itself refuses', async () => {
    const repository = bed.repository()
    const library = bed.repository('library')
    bed.git(repository.mainCheckout, 'submodule', '--quiet', 'add', library.mainCheckout, 'lib')
    bed.git(repository.mainCheckout, 'commit', '-q', '-m', 'Add library')
    await withWorktree(repository)
    bed.commit(join(place(), 'lib'), 'mine')
    bed.git(place(), 'commit', '-q', '-a', '-m', 'Move library')
    const failed = await failureOf(removeWorktree(repository, place()))
    expect(failed.message).to.include('1 × commit that only a submodule holds')
    bed.git(join(place(), 'lib'), 'push', '-q', 'origin', 'HEAD:refs/heads/mine')
    await removeWorktree(repository, place())
    expect(existsSync(place())).to.equal(false)
    expect(existsSync(join(repository.gitCommonDir, 'worktrees'))).to.equal(false)
  })

  it('does not follow symbolic links', async () => {
    const repository = await withWorktree()
    writeFileSync(join(repository.gitCommonDir, 'info/exclude'), 'modules\n')
    bed.write(repository.mainCheckout, 'modules/file')
    symlinkSync(join(repository.mainCheckout, 'modules'), join(place(), 'modules'))
    await removeWorktree(repository, place())
    expect(existsSync(join(repository.mainCheckout, 'modules/file'))).to.equal(true)
  })

  describe('as an unprivileged user', () => {
    before(function () {
      if (process.getuid?.() === 0) return
      console.error('    SKIPPED: only root can become another user')
      this.skip()
    })

    /** Runs the removal as nobody, who owns everything in the bed except what the test adds afterwards. */
    function removeAsNobody(
      repository: Repository,
      force = false,
    ): { code?: string; message: string; hints: string[] } {
      const module = import.meta.resolve('#src/worktree/remove-worktree.js')
      const script = `import { removeWorktree } from ${JSON.stringify(module)}
        const done = removeWorktree(${JSON.stringify(repository)}, ${JSON.stringify(place())}, { force: ${force} })
        console.log(JSON.stringify(await done.then(() => ({}), error => error.details ?? { code: error.stack })))`
      const args = ['--input-type=module', '--eval', script]
      const options = { uid: NOBODY, gid: NOBODY, cwd: bed.folder, encoding: 'utf8' } as const
      return JSON.parse(execFileSync(process.execPath, args, options)) as never
    }

    async function withIgnored() {
      const repository = await withWorktree()
      writeFileSync(join(repository.gitCommonDir, 'info/exclude'), '/data/\n')
      bed.write(place(), 'data/read only/file')
      execFileSync('chown', ['-R', `${NOBODY}:${NOBODY}`, bed.folder])
      return repository
    }

    it('makes its own read-only folders writable', async () => {
      const repository = await withIgnored()
      chmodSync(join(place(), 'data/read only'), 0o555)
      chmodSync(join(place(), 'data'), 0o000)
      expect(removeAsNobody(repository)).to.deep.equal({})
      expect(existsSync(place())).to.equal(false)
    })

    it("names root's files, removes nothing, and continues once they are gone", async () => {
      const repository = await withIgnored()
      bed.write(place(), 'data/by root/file')
      mkdirSync(join(place(), 'data/empty by root'))
      const failed = removeAsNobody(repository, true)
      expect(failed.code).to.equal('WORKTREE_FILES_FOREIGN')
      const stuck = join(place(), 'data/by root')
      expect(failed.message)
        .to.include(stuck)
        .and.to.include('nothing was removed')
        .and.not.to.include('more')
      expect(existsSync(join(place(), 'README'))).to.equal(true)
      expect(await registered(repository)).to.deep.equal([place()])
      const command = /`sudo (rm -rf .*)`/.exec(failed.hints.at(-1) ?? '')?.[1] ?? 'false'
      execFileSync('sh', ['-c', command])
      expect(existsSync(stuck)).to.equal(false)
      expect(removeAsNobody(repository)).to.deep.equal({})
      expect(await registered(repository)).to.deep.equal([])
    })
  })
})
