import { countLostWith, deleteBranch } from '#src/worktree/delete-branch.js'
import { findBranch } from '#src/worktree/refs.js'
import { expect } from 'chai'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { failureOf, useGit } from '../../support/git.js'

describe('deleteBranch', () => {
  const bed = useGit()

  /** `x` has one commit that `main` lacks, and is not checked out. */
  function withBranch(name = 'x') {
    const repository = bed.repository()
    bed.git(repository.mainCheckout, 'switch', '-q', '-c', name)
    bed.commit(repository.mainCheckout, 'mine')
    bed.git(repository.mainCheckout, 'switch', '-q', 'main')
    return repository
  }

  it('deletes a merged branch, and does nothing the second time', async () => {
    const repository = withBranch('it\'s/"ü"')
    bed.git(repository.mainCheckout, 'merge', '-q', 'it\'s/"ü"')
    await deleteBranch(repository, 'it\'s/"ü"')
    expect(await findBranch(repository, 'it\'s/"ü"')).to.equal(undefined)
    await deleteBranch(repository, 'it\'s/"ü"')
  })

  it('refuses to lose commits, unless forced', async () => {
    const repository = withBranch()
    const failed = await failureOf(deleteBranch(repository, 'x'))
    expect(failed).to.include({ code: 'BRANCH_UNMERGED', kind: 'refused' })
    expect(failed.message).to.include('1 commit that')
    expect(await findBranch(repository, 'x')).to.have.property('commit')
    await deleteBranch(repository, 'x', { force: true })
    expect(await findBranch(repository, 'x')).to.equal(undefined)
  })

  it('deletes a branch whose commits its upstream has', async () => {
    const repository = withBranch()
    bed.git(bed.folder, 'init', '-q', '--bare', 'remote.git')
    bed.git(repository.mainCheckout, 'remote', 'add', 'origin', join(bed.folder, 'remote.git'))
    bed.git(repository.mainCheckout, 'push', '-q', '-u', 'origin', 'x')
    await deleteBranch(repository, 'x')
    expect(await findBranch(repository, 'x')).to.equal(undefined)
  })

  it('counts only commits that no remote, no other branch and no tag has', async () => {
    const repository = withBranch()
    const { mainCheckout } = repository
    bed.git(bed.folder, 'init', '-q', '--bare', 'remote.git')
    bed.git(mainCheckout, 'push', '-q', join(bed.folder, 'remote.git'), 'x')
    expect(await countLostWith(repository, 'x')).to.equal(1)
    bed.git(mainCheckout, 'remote', 'add', 'origin', join(bed.folder, 'remote.git'))
    bed.git(mainCheckout, 'fetch', '-q', 'origin')
    expect(await countLostWith(repository, 'x')).to.equal(0)
    bed.git(mainCheckout, 'switch', '-q', 'x')
    bed.commit(mainCheckout, 'on another')
    bed.git(mainCheckout, 'branch', 'x2')
    bed.commit(mainCheckout, 'tagged')
    bed.git(mainCheckout, 'tag', 'v1')
    bed.commit(mainCheckout, 'own')
    bed.git(mainCheckout, 'switch', '-q', 'main')
    expect(await countLostWith(repository, 'x')).to.equal(1)
  })

  it('deletes a branch without commits of its own, wherever it started', async () => {
    const repository = withBranch('develop')
    bed.git(repository.mainCheckout, 'branch', 'x', 'develop')
    await deleteBranch(repository, 'x')
    expect((await failureOf(deleteBranch(repository, 'develop'))).code).to.equal('BRANCH_UNMERGED')
  })

  it('deletes a branch that a detached HEAD of the main checkout contains', async () => {
    const repository = withBranch()
    bed.git(repository.mainCheckout, 'checkout', '-q', '--detach', 'x')
    await deleteBranch(repository, 'x')
  })

  it('never deletes a branch that is checked out, even if the folder is gone', async () => {
    const repository = withBranch()
    bed.git(repository.mainCheckout, 'worktree', 'add', '-q', join(bed.folder, 'w'), 'x')
    const refused = async () => (await failureOf(deleteBranch(repository, 'x', { force: true }))).message
    expect(await refused()).to.equal(`Branch x is checked out at ${join(bed.folder, 'w')}`)
    rmSync(join(bed.folder, 'w'), { recursive: true })
    expect(await refused()).to.include('gone')
    expect((await failureOf(deleteBranch(repository, 'main', { force: true }))).code).to.equal(
      'BRANCH_CHECKED_OUT',
    )
  })
})
