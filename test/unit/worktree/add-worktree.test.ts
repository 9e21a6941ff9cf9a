import { addWorktree } from '#src/worktree/add-worktree.js'
import { listWorktrees } from '#src/worktree/list-worktrees.js'
import type { Repository } from '#src/worktree/repository.js'
import { resolveBranch } from '#src/worktree/resolve-branch.js'
import { expect } from 'chai'
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { failureOf, useGit } from '../../support/git.js'

describe('addWorktree', () => {
  const bed = useGit()
  const place = () => join(bed.folder, 'worktrees', `-it's "x" ü`)
  const add = async (repository: Repository, name = 'x', path = place()) =>
    addWorktree(repository, { path, branch: await resolveBranch(repository, name) })
  const branches = ({ mainCheckout }: Repository) =>
    bed.git(mainCheckout, 'for-each-ref', '--format=%(refname:short)', 'refs/heads').split('\n')

  it('creates a new branch without an upstream', async () => {
    const repository = bed.repository()
    bed.git(repository.mainCheckout, 'config', 'branch.autoSetupMerge', 'always')
    const head = bed.git(repository.mainCheckout, 'rev-parse', 'HEAD')
    expect(await add(repository, 'feature/x')).to.deep.equal({
      path: place(),
      branch: 'feature/x',
      head,
      createdBranch: true,
    })
    expect(bed.git(place(), 'symbolic-ref', 'HEAD')).to.equal('refs/heads/feature/x')
    expect(bed.git(place(), 'for-each-ref', '--format=%(upstream)', 'refs/heads/feature/x')).to.equal('')
    expect(existsSync(join(place(), 'README'))).to.equal(true)
  })

  it('uses a local branch, even if a tag has the same name', async () => {
    const repository = bed.repository()
    bed.git(repository.mainCheckout, 'tag', 'x')
    bed.commit(repository.mainCheckout, 'second')
    bed.git(repository.mainCheckout, 'branch', 'x', 'HEAD')
    const added = await add(repository)
    expect(added).to.include({
      createdBranch: false,
      head: bed.git(repository.mainCheckout, 'rev-parse', 'HEAD'),
    })
    expect(bed.git(place(), 'symbolic-ref', 'HEAD')).to.equal('refs/heads/x')
  })

  it('tracks the remote whose branch it uses', async () => {
    const origin = bed.repository('origin')
    bed.git(origin.mainCheckout, 'branch', 'x')
    bed.git(bed.folder, 'clone', '-q', origin.mainCheckout, 'clone')
    const checkout = join(bed.folder, 'clone')
    bed.git(checkout, 'config', 'branch.autoSetupMerge', 'false')
    const repository = {
      mainCheckout: checkout,
      gitCommonDir: join(checkout, '.git'),
      currentCheckout: checkout,
    }
    expect(await add(repository)).to.include({ createdBranch: true })
    const upstream = bed.git(place(), 'rev-parse', '--symbolic-full-name', 'x@{upstream}')
    expect(upstream).to.equal('refs/remotes/origin/x')
  })

  it('does nothing the second time, and keeps uncommitted work', async () => {
    const repository = bed.repository()
    const branch = await resolveBranch(repository, 'x')
    const first = await addWorktree(repository, { path: place(), branch })
    bed.write(place(), 'README', 'edited')
    expect(await addWorktree(repository, { path: place(), branch })).to.deep.equal(first)
    expect(readFileSync(join(place(), 'README'), 'utf8')).to.equal('edited')
  })

  it('accepts a path relative to the main checkout, and one through a symbolic link', async () => {
    const repository = bed.repository()
    expect((await add(repository, 'x', '.piko/worktrees/x')).path).to.equal(
      join(repository.mainCheckout, '.piko/worktrees/x'),
    )
    symlinkSync(repository.mainCheckout, join(bed.folder, 'short'))
    await add(repository, 'x', join(bed.folder, 'short/.piko/worktrees/x'))
    expect(await listWorktrees(repository)).to.have.length(2)
  })

  it('recognizes a worktree whose link to the repository is relative', async () => {
    const repository = bed.repository()
    await add(repository)
    const target = readFileSync(join(place(), '.git'), 'utf8').trim().slice('gitdir: '.length)
    writeFileSync(join(place(), '.git'), `gitdir: ${relative(place(), target)}\n`)
    expect(await add(repository)).to.include({ path: place() })
  })

  it('refuses a path that exists, and leaves it unchanged', async () => {
    const repository = bed.repository()
    const stranger = bed.repository('stranger').mainCheckout
    const file = bed.write(bed.folder, 'a file')
    const folder = join(bed.write(bed.folder, 'a folder/inside'), '..')
    symlinkSync('nowhere', join(bed.folder, 'a link'))
    for (const path of [stranger, file, folder, join(bed.folder, 'a link'), repository.mainCheckout]) {
      const failed = await failureOf(add(repository, 'x', path))
      expect(failed, path).to.include({ code: 'WORKTREE_PATH_TAKEN', kind: 'refused' })
    }
    expect(readFileSync(file, 'utf8')).to.equal('a file\n')
    expect(branches(repository)).to.deep.equal(['main'])
  })

  it('refuses its own path if another repository has taken it', async () => {
    const repository = bed.repository()
    await add(repository, 'main2')
    rmSync(place(), { recursive: true })
    bed.git(bed.folder, 'clone', '-q', repository.mainCheckout, place())
    bed.git(place(), 'switch', '-q', '-c', 'main2')
    expect((await failureOf(add(repository, 'main2'))).code).to.equal('WORKTREE_PATH_TAKEN')
  })

  it('refuses a worktree that is on another branch or detached', async () => {
    const repository = bed.repository()
    await add(repository, 'x')
    expect(await failureOf(add(repository, 'y'))).to.include({
      code: 'WORKTREE_ON_OTHER_BRANCH',
      kind: 'refused',
    })
    bed.git(place(), 'checkout', '-q', '--detach')
    expect((await failureOf(add(repository, 'x'))).message).to.include('a detached HEAD')
  })

  it('refuses a branch that is checked out elsewhere', async () => {
    const repository = bed.repository()
    const failed = await failureOf(add(repository, 'main'))
    expect(failed).to.include({
      code: 'BRANCH_CHECKED_OUT',
      message: `Branch main is checked out at ${repository.mainCheckout}`,
    })
  })

  it('refuses a repository without a commit', async () => {
    const checkout = join(bed.folder, 'new')
    bed.git(bed.folder, 'init', '-q', checkout)
    const repository = {
      mainCheckout: checkout,
      gitCommonDir: join(checkout, '.git'),
      currentCheckout: checkout,
    }
    const failed = await failureOf(add(repository))
    expect(failed.code).to.equal('REPOSITORY_EMPTY')
  })

  it('prunes only the stale registration at its path', async () => {
    const repository = bed.repository()
    await add(repository, 'x')
    await add(repository, 'other', join(bed.folder, 'other'))
    rmSync(place(), { recursive: true })
    rmSync(join(bed.folder, 'other'), { recursive: true })
    expect(await add(repository, 'x')).to.include({ createdBranch: false })
    const paths = (await listWorktrees(repository)).map(worktree => worktree.path)
    expect(paths).to.have.members([repository.mainCheckout, place(), join(bed.folder, 'other')])
  })

  it('does not prune a locked registration: its disk may be elsewhere', async () => {
    const repository = bed.repository()
    await add(repository)
    bed.git(repository.mainCheckout, 'worktree', 'lock', '--reason', 'usb', place())
    rmSync(place(), { recursive: true })
    const failed = await failureOf(add(repository))
    expect(failed).to.include({ code: 'WORKTREE_LOCKED', kind: 'refused' })
    expect(failed.message).to.include('usb')
  })

  it('recreates a worktree that git was killed over, and only unlocks a complete one', async () => {
    const repository = bed.repository()
    const gitDir = () => bed.git(place(), 'rev-parse', '--absolute-git-dir')
    await add(repository)
    writeFileSync(join(gitDir(), 'locked'), 'initializing')
    bed.write(place(), 'work')
    await add(repository)
    expect(existsSync(join(place(), 'work'))).to.equal(true)
    expect((await listWorktrees(repository))[1]).not.to.have.property('locked')
    writeFileSync(join(gitDir(), 'locked'), 'initializing')
    rmSync(join(gitDir(), 'index'))
    rmSync(join(place(), 'README'))
    await add(repository)
    expect(existsSync(join(place(), 'README'))).to.equal(true)
    expect((await listWorktrees(repository))[1]).not.to.have.property('locked')
  })

  it('keeps the sparse checkout of the main checkout', async () => {
    const repository = bed.repository()
    bed.commit(repository.mainCheckout, 'in/file')
    bed.commit(repository.mainCheckout, 'out/file')
    bed.git(repository.mainCheckout, 'sparse-checkout', 'set', 'in')
    await add(repository)
    expect(existsSync(join(place(), 'in/file'))).to.equal(true)
    expect(existsSync(join(place(), 'out/file'))).to.equal(false)
    expect(bed.git(place(), 'status', '--porcelain')).to.equal('')
  })

  it('leaves nothing behind if a hook fails', async () => {
    const repository = bed.repository()
    const hook = bed.write(repository.gitCommonDir, 'hooks/post-checkout', '#!/bin/sh\nexit 3\n')
    chmodSync(hook, 0o755)
    expect((await failureOf(add(repository))).code).to.equal('TOOL_FAILED')
    expect(existsSync(place())).to.equal(false)
    expect(branches(repository)).to.deep.equal(['main'])
  })

  it('keeps an existing branch when it fails', async () => {
    const repository = bed.repository()
    bed.git(repository.mainCheckout, 'branch', 'x')
    chmodSync(bed.write(repository.gitCommonDir, 'hooks/post-checkout', '#!/bin/sh\nexit 3\n'), 0o755)
    await failureOf(add(repository))
    expect(branches(repository)).to.deep.equal(['main', 'x'])
  })

  it('does not claim a branch that another process created meanwhile', async () => {
    const repository = bed.repository()
    const branch = await resolveBranch(repository, 'x')
    bed.git(repository.mainCheckout, 'branch', 'x', bed.commit(repository.mainCheckout, 'second'))
    const failed = await failureOf(addWorktree(repository, { path: place(), branch }))
    expect(failed.code).to.equal('BRANCH_EXISTS')
  })

  it('stops when interrupted, and removes what it created', async () => {
    const repository = bed.repository()
    const branch = await resolveBranch(repository, 'x')
    const controller = new AbortController()
    // The hook only ends when killed, and creates a file when it starts.
    const begun = join(bed.folder, 'begun')
    const hook = bed.write(
      repository.gitCommonDir,
      'hooks/post-checkout',
      `#!/bin/sh\ntouch '${begun}'\nexec tail -f /dev/null\n`,
    )
    chmodSync(hook, 0o755)
    const work = addWorktree(repository, { path: place(), branch, signal: controller.signal })
    const watch = setInterval(() => existsSync(begun) && controller.abort(new Error('stopped')), 10)
    const error = await work.catch((reason: unknown) => reason)
    clearInterval(watch)
    expect(error).to.have.property('message', 'stopped')
    expect(existsSync(place())).to.equal(false)
    expect(branches(repository)).to.deep.equal(['main'])
  })

  it('accepts an empty folder', async () => {
    const repository = bed.repository()
    mkdirSync(place(), { recursive: true })
    expect((await add(repository)).path).to.equal(place())
  })
})
