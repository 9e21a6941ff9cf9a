import { observeWork, wouldLoseWork, type Work } from '#src/worktree/observe-work.js'
import { expect } from 'chai'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { useGit } from '../../support/git.js'

const NO_WORK: Omit<Work, 'head'> = {
  branch: 'x',
  detached: false,
  inProgress: undefined,
  uncommitted: [],
  detachedCommits: 0,
  inSubmodules: [],
}

function withoutHead({ head: _, ...work }: Work) {
  return work
}

describe('observeWork', () => {
  const bed = useGit()
  const place = () => join(bed.folder, `it's "x" ü`)

  function withWorktree() {
    const repository = bed.repository()
    bed.git(repository.mainCheckout, 'worktree', 'add', '-q', '-b', 'x', place())
    return repository
  }

  it('finds none in a new worktree', async () => {
    const work = await observeWork(withWorktree(), place())
    expect(withoutHead(work)).to.deep.equal(NO_WORK)
    expect(wouldLoseWork(work)).to.equal(false)
  })

  it('lists changed, staged, conflicting and untracked paths, whatever their names, but not ignored ones', async () => {
    const repository = withWorktree()
    bed.commit(place(), '.gitignore', '*.log\n')
    bed.commit(place(), 'moved', 'a long enough text to be found again\n')
    bed.git(place(), 'mv', '--', 'moved', '-to "here"')
    bed.write(place(), 'README', 'edited')
    bed.write(place(), 'new\nline ü')
    bed.write(place(), 'folder/inside')
    bed.write(place(), 'ignored.log')
    const work = await observeWork(repository, place())
    expect(work.uncommitted).to.have.members(['README', 'moved', '-to "here"', 'new\nline ü', 'folder/'])
    expect(wouldLoseWork(work)).to.equal(true)
  })

  it('finds untracked files even if the configuration hides them', async () => {
    const repository = withWorktree()
    bed.git(place(), 'config', 'status.showUntrackedFiles', 'no')
    bed.write(place(), 'new')
    expect((await observeWork(repository, place())).uncommitted).to.deep.equal(['new'])
  })

  it('ignores missing files, but not staged deletions', async () => {
    const repository = withWorktree()
    bed.write(place(), 'staged')
    bed.git(place(), 'add', 'staged')
    rmSync(join(place(), 'staged'))
    rmSync(join(place(), 'README'))
    expect((await observeWork(repository, place())).uncommitted).to.deep.equal(['staged'])
  })

  it('does not count commits that the branch keeps', async () => {
    const repository = withWorktree()
    bed.commit(place(), 'one')
    bed.commit(place(), 'two')
    const work = await observeWork(repository, place())
    expect(withoutHead(work)).to.deep.equal(NO_WORK)
    expect(work.head).to.equal(bed.git(place(), 'rev-parse', 'HEAD'))
    expect(wouldLoseWork(work)).to.equal(false)
  })

  it('counts commits of a detached HEAD that no branch or tag contains', async () => {
    const repository = withWorktree()
    bed.git(place(), 'checkout', '-q', '--detach')
    const before = await observeWork(repository, place())
    expect(before).to.include({ detached: true, detachedCommits: 0, branch: undefined })
    bed.commit(place(), 'lost')
    const work = await observeWork(repository, place())
    expect(work).to.include({ detachedCommits: 1 })
    expect(wouldLoseWork(work)).to.equal(true)
    bed.git(place(), 'tag', 'keep')
    expect((await observeWork(repository, place())).detachedCommits).to.equal(0)
  })

  describe('with an operation in progress', () => {
    /** `x` and `main` have both changed README. */
    function withConflict() {
      const repository = withWorktree()
      bed.commit(place(), 'README', 'theirs')
      bed.commit(repository.mainCheckout, 'README', 'ours')
      return repository
    }
    const tryGit = (...args: readonly string[]) => {
      try {
        bed.git(place(), ...args)
      } catch {
        // The conflict is intended.
      }
    }

    for (const [operation, ...args] of [
      ['merge', 'merge', 'main'],
      ['rebase', 'rebase', 'main'],
      ['rebase', 'rebase', '--apply', 'main'],
      ['cherry-pick', 'cherry-pick', 'main'],
      ['revert', 'revert', '--no-edit', 'HEAD~1'],
      ['bisect', 'bisect', 'start'],
    ]) {
      it(`names ${args.join(' ')}`, async () => {
        const repository = withConflict()
        if (operation === 'revert') bed.commit(place(), 'README', 'again')
        tryGit(...args)
        const work = await observeWork(repository, place())
        expect(work).to.include({ inProgress: operation, branch: 'x' })
        expect(work.detached).to.equal(operation === 'rebase')
        if (operation !== 'bisect') expect(work.uncommitted).to.deep.equal(['README'])
      })
    }
  })

  it('reports the branch if the folder is gone', async () => {
    const repository = withWorktree()
    bed.commit(place(), 'one')
    rmSync(place(), { recursive: true })
    expect(withoutHead(await observeWork(repository, place()))).to.deep.equal(NO_WORK)
  })

  it('does not mistake the surrounding checkout for the worktree', async () => {
    const repository = bed.repository()
    bed.write(repository.mainCheckout, '.piko/worktrees/x/file')
    const work = await observeWork(repository, join(repository.mainCheckout, '.piko/worktrees/x'))
    expect(withoutHead(work)).to.deep.equal({ ...NO_WORK, branch: undefined })
  })

  it('counts commits in a submodule that were never pushed', async () => {
    const repository = bed.repository()
    const library = bed.repository('library')
    bed.git(repository.mainCheckout, 'submodule', '--quiet', 'add', library.mainCheckout, 'my lib')
    bed.git(repository.mainCheckout, 'commit', '-q', '-m', 'Add library')
    bed.git(repository.mainCheckout, 'worktree', 'add', '-q', '-b', 'x', place())
    bed.git(place(), 'submodule', '--quiet', 'update', '--init')
    expect(withoutHead(await observeWork(repository, place()))).to.deep.equal(NO_WORK)
    bed.commit(join(place(), 'my lib'), 'mine')
    bed.git(place(), 'commit', '-q', '-a', '-m', 'Move library')
    const work = await observeWork(repository, place())
    expect(work).to.deep.include({ inSubmodules: [{ path: 'my lib', commits: 1 }], uncommitted: [] })
    expect(wouldLoseWork(work)).to.equal(true)
  })
})
