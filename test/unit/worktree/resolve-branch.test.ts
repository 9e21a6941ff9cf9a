import { resolveBranch } from '#src/worktree/resolve-branch.js'
import { expect } from 'chai'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { failureOf, useGit } from '../../support/git.js'

describe('resolveBranch', () => {
  const bed = useGit()

  /** A clone with a remote for each name, all with the branch `shared`. */
  function withRemotes(...names: readonly string[]) {
    const repository = bed.repository()
    const origin = bed.repository('origin repo')
    bed.git(origin.mainCheckout, 'branch', 'shared')
    for (const name of names) bed.git(repository.mainCheckout, 'remote', 'add', name, origin.mainCheckout)
    bed.git(repository.mainCheckout, 'fetch', '-q', '--all')
    return repository
  }

  it('creates a new branch at the HEAD of the current checkout', async () => {
    const repository = bed.repository()
    const linked = join(bed.folder, 'linked')
    bed.git(repository.mainCheckout, 'worktree', 'add', '-q', linked)
    const startPoint = bed.commit(linked, 'more')
    const found = await resolveBranch({ ...repository, currentCheckout: linked }, 'feature/ü')
    expect(found).to.deep.equal({ kind: 'new', branch: 'feature/ü', startPoint })
  })

  it('starts at --from, and names the branch by --branch', async () => {
    const repository = bed.repository()
    const startPoint = bed.git(repository.mainCheckout, 'rev-parse', 'HEAD')
    bed.commit(repository.mainCheckout, 'more')
    const found = await resolveBranch(repository, 'x', { from: 'HEAD~1', branch: 'fix/x' })
    expect(found).to.deep.equal({ kind: 'new', branch: 'fix/x', startPoint })
  })

  it('uses a local branch, and reports where it is checked out', async () => {
    const repository = bed.repository()
    bed.git(repository.mainCheckout, 'branch', 'free')
    const commit = bed.git(repository.mainCheckout, 'rev-parse', 'HEAD')
    expect(await resolveBranch(repository, 'free')).to.deep.equal({ kind: 'local', branch: 'free', commit })
    const main = { kind: 'local', branch: 'main', commit, checkedOutAt: repository.mainCheckout }
    expect(await resolveBranch(repository, 'main')).to.deep.equal(main)
  })

  it('refuses a branch that is checked out at another path', async () => {
    const repository = bed.repository()
    const linked = join(bed.folder, "it's here")
    bed.git(repository.mainCheckout, 'worktree', 'add', '-q', '-b', 'x', linked)
    expect(await resolveBranch(repository, 'x', { path: linked })).to.include({ checkedOutAt: linked })
    const failed = await failureOf(resolveBranch(repository, 'x', { path: join(bed.folder, 'y') }))
    expect(failed).to.include({ code: 'BRANCH_CHECKED_OUT', message: `Branch x is checked out at ${linked}` })
    expect(failed.hints.at(-1)).to.include(String.raw`it'\''s here`)
    rmSync(linked, { recursive: true })
    const gone = await failureOf(resolveBranch(repository, 'x', { path: join(bed.folder, 'y') }))
    expect(gone.message).to.include('gone')
  })

  it('refuses --from with a branch that exists, here or on a remote', async () => {
    const repository = withRemotes('origin')
    for (const branch of ['main', 'shared']) {
      const failed = await failureOf(resolveBranch(repository, branch, { from: 'HEAD' }))
      expect(failed).to.include({ code: 'BRANCH_EXISTS', kind: 'usage' })
    }
  })

  it('uses a branch that only a remote has', async () => {
    const remoteRef = 'refs/remotes/team/origin/shared'
    const repository = withRemotes('team/origin')
    const commit = bed.git(repository.mainCheckout, 'rev-parse', remoteRef)
    const found = await resolveBranch(repository, 'shared')
    expect(found).to.deep.equal({ kind: 'remote', branch: 'shared', remoteRef, commit })
  })

  it('does not match a remote branch with a longer name', async () => {
    const repository = withRemotes('origin')
    const head = bed.git(repository.mainCheckout, 'rev-parse', 'HEAD')
    bed.git(repository.mainCheckout, 'update-ref', 'refs/remotes/origin/deep/er', head)
    expect((await resolveBranch(repository, 'deep')).kind).to.equal('new')
  })

  it('names all remotes that have the branch, unless checkout.defaultRemote decides', async () => {
    const repository = withRemotes('origin', 'upstream')
    const failed = await failureOf(resolveBranch(repository, 'shared'))
    expect(failed.code).to.equal('BRANCH_AMBIGUOUS')
    expect(failed.message).to.include('origin, upstream')
    bed.git(repository.mainCheckout, 'config', 'checkout.defaultRemote', 'upstream')
    const found = await resolveBranch(repository, 'shared')
    expect(found).to.include({ kind: 'remote', remoteRef: 'refs/remotes/upstream/shared' })
  })

  it('suggests the nearest ref if --from does not exist', async () => {
    const repository = withRemotes('origin')
    bed.git(repository.mainCheckout, 'tag', 'v1.0')
    const nearest = async (from: string) =>
      (await failureOf(resolveBranch(repository, 'x', { from }))).message
    expect(await nearest('mian')).to.match(/; the nearest name is main$/)
    expect(await nearest('v1.O')).to.match(/; the nearest name is v1.0$/)
    expect(await nearest('shared')).to.match(/; the nearest name is origin\/shared$/)
    expect(await nearest('--all')).to.equal('There is no commit, branch or tag --all')
    const failed = await failureOf(resolveBranch(repository, 'x', { from: 'mian' }))
    expect(failed).to.include({ code: 'BRANCH_START_MISSING', kind: 'usage' })
  })

  it('refuses a name that git would read as something else', async () => {
    const failed = await failureOf(resolveBranch(bed.repository(), '-x'))
    expect(failed).to.include({ code: 'BRANCH_NAME_INVALID', kind: 'usage' })
  })

  it('refuses a name that is a folder of another branch, and the reverse', async () => {
    const repository = bed.repository()
    bed.git(repository.mainCheckout, 'branch', 'a/b')
    for (const name of ['a', 'a/b/c']) {
      const failed = await failureOf(resolveBranch(repository, name))
      expect(failed.code).to.equal('BRANCH_NAME_BLOCKED')
      expect(failed.message).to.include('a/b')
    }
    expect((await resolveBranch(repository, 'a/bc')).kind).to.equal('new')
  })

  it('reports a repository without commits', async () => {
    const checkout = join(bed.folder, 'new')
    bed.git(bed.folder, 'init', '-q', checkout)
    const repository = {
      mainCheckout: checkout,
      gitCommonDir: join(checkout, '.git'),
      currentCheckout: checkout,
    }
    const failed = await failureOf(resolveBranch(repository, 'x'))
    expect(failed.code).to.equal('REPOSITORY_EMPTY')
    expect(failed.hints.at(-1)).to.include('commit --allow-empty')
  })
})
