import { findMerge, type Merge } from '#src/worktree/find-merge.js'
import { requireCommit } from '#src/worktree/refs.js'
import { expect } from 'chai'
import { join } from 'node:path'
import { diverge, type Diverged, howMerged, squash } from '../../support/diverged.js'
import { useGit } from '../../support/git.js'

describe('findMerge', () => {
  const bed = useGit()

  type Way = readonly [
    title: string,
    how: Merge['how'],
    files: readonly string[],
    work: (made: Diverged) => unknown,
  ]
  const ways: readonly Way[] = [
    ['a merge commit', 'merged', ['a'], ({ git }) => git('merge', '-q', '--no-ff', '--no-edit', 'x')],
    ['a merge commit of several', 'merged', ['a', 'b'], ({ git }) => git('merge', '-q', '--no-edit', 'x')],
    [
      'a fast-forward',
      'merged',
      ['a'],
      ({ git }) => [git('reset', '-q', '--hard', 'HEAD~1'), git('merge', '-q', '--ff-only', 'x')],
    ],
    [
      'a merge and more work on main',
      'merged',
      ['a'],
      ({ git, commit }) => [git('merge', '-q', '--no-edit', 'x'), commit('a', 'changed again\n')],
    ],
    [
      'an octopus merge',
      'merged',
      ['a'],
      ({ git, commit }) => {
        git('switch', '-q', '-c', 'y')
        commit('y')
        git('switch', '-q', 'main')
        git('merge', '-q', '--no-edit', 'x', 'y')
      },
    ],
    [
      'a merge that main reverted',
      'merged',
      ['a'],
      ({ git }) => [
        git('merge', '-q', '--no-ff', '--no-edit', 'x'),
        git('revert', '-m', '1', '--no-edit', 'HEAD'),
      ],
    ],
    [
      'a merge in which main won',
      'merged',
      ['a'],
      ({ git }) => git('merge', '-q', '--no-edit', '--strategy', 'ours', 'x'),
    ],
    ['cherry-picks of all', 'rebased', ['a', 'b'], ({ git }) => git('cherry-pick', 'main..x')],
    [
      'cherry-picks in another order',
      'rebased',
      ['a', 'b'],
      ({ git }) => [git('cherry-pick', 'x'), git('cherry-pick', 'x~1')],
    ],
    [
      'cherry-picks with more work between',
      'rebased',
      ['a', 'b'],
      ({ git, commit }) => [git('cherry-pick', 'x~1'), commit('between'), git('cherry-pick', 'x')],
    ],
    [
      'a rebase and a fast-forward of another branch',
      'rebased',
      ['a', 'b'],
      ({ git }) => {
        git('switch', '-q', '-c', 'copy', 'x')
        git('rebase', '-q', 'main')
        git('switch', '-q', 'main')
        git('merge', '-q', '--ff-only', 'copy')
      },
    ],
    [
      'patches by mail',
      'rebased',
      ['a', 'b'],
      ({ git, repository }) => {
        const folder = join(bed.folder, 'mail')
        git('format-patch', '-q', '-o', folder, 'main..x')
        bed.git(
          repository.mainCheckout,
          'am',
          '-q',
          join(folder, '0001-Add-a.patch'),
          join(folder, '0002-Add-b.patch'),
        )
      },
    ],
    [
      'a cherry-pick whose change main replaced later',
      'rebased',
      ['a'],
      ({ git, commit }) => [git('cherry-pick', 'x'), commit('a', 'changed again\n')],
    ],
    ['a squash of one commit', 'rebased', ['a'], squash],
    ['a squash of several', 'squashed', ['a', 'b', 'c'], squash],
    [
      'a squash that main changed later',
      'squashed',
      ['a', 'b'],
      made => [squash(made), made.commit('a', 'changed again\n')],
    ],
    [
      'a squash that main reverted',
      'squashed',
      ['a', 'b'],
      made => [squash(made), made.git('revert', '--no-edit', 'HEAD')],
    ],
    ['a squash of awkward names', 'squashed', ['a b', '*', 'ünï/"q"'], squash],
    [
      'a squash whatever diff is configured',
      'squashed',
      ['a', 'b'],
      ({ git }) => {
        git('merge', '-q', '--squash', 'x')
        git('commit', '-q', '-m', 'All')
        git('config', 'diff.external', 'false')
        git('config', 'diff.noprefix', 'true')
      },
    ],
    [
      'a squash together with other changes',
      'equal',
      ['a', 'b'],
      ({ git, commit }) => {
        git('merge', '-q', '--squash', 'x')
        bed.write(git('rev-parse', '--show-toplevel'), 'b', 'b, reviewed\n')
        git('add', 'b')
        git('commit', '-q', '-m', 'All, reviewed')
        return commit('b', 'b\n')
      },
    ],
    ['the same content, written again', 'rebased', ['a', 'b'], ({ commit }) => [commit('a'), commit('b')]],
    [
      'a squash of a binary file',
      'equal',
      [],
      ({ git, commit }) => {
        git('switch', '-q', 'x')
        commit('image', 'one\0')
        commit('image', 'two\0')
        git('switch', '-q', 'main')
        git('merge', '-q', '--squash', 'x')
        git('commit', '-q', '-m', 'Image')
      },
    ],
    [
      'work that it took back itself',
      'equal',
      ['a'],
      ({ git }) => [
        git('switch', '-q', 'x'),
        git('revert', '--no-edit', 'HEAD'),
        git('switch', '-q', 'main'),
      ],
    ],
  ]

  for (const [title, how, files, work] of ways)
    it(`${how}: ${title}`, async () => {
      const made = diverge(bed, files)
      work(made)
      expect(await howMerged(made.repository)).to.equal(how)
    })

  it("compares with the remote's default branch, also without a local one", async () => {
    const { repository, git } = diverge(bed, ['a'])
    const remote = join(bed.folder, 'remote.git')
    bed.git(repository.mainCheckout, 'init', '-q', '--bare', remote)
    git('remote', 'add', 'origin', remote)
    git('switch', '-q', '-c', 'merging')
    git('merge', '-q', '--no-edit', 'x')
    git('push', '-q', 'origin', 'merging:main')
    git('remote', 'set-head', 'origin', 'main')
    const tip = await requireCommit(repository, 'refs/heads/x')
    expect(await findMerge(repository, 'x', tip)).to.deep.equal({ into: 'origin/main', how: 'merged', tip })
    git('branch', '-q', '-D', 'main')
    expect(await howMerged(repository)).to.equal('merged')
  })

  it('never counts the default branch itself', async () => {
    expect(await howMerged(diverge(bed, ['a']).repository, 'main')).to.equal(undefined)
  })
})
