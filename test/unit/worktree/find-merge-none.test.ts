import { expect } from 'chai'
import { diverge, type Diverged, howMerged, squash } from '../../support/diverged.js'
import { useGit } from '../../support/git.js'

describe('findMerge, for a branch that is not merged', () => {
  const bed = useGit()

  type Way = readonly [title: string, files: readonly string[], work: (made: Diverged) => unknown]
  const ways: readonly Way[] = [
    ['nothing', ['a'], () => undefined],
    ['one of two commits', ['a', 'b'], ({ git }) => git('cherry-pick', 'x~1')],
    [
      'a squash, and a commit since',
      ['a', 'b'],
      made => [
        squash(made),
        made.git('switch', '-q', 'x'),
        made.commit('c'),
        made.git('switch', '-q', 'main'),
      ],
    ],
    [
      'another binary file of that name',
      [],
      ({ git, commit }) => {
        git('switch', '-q', 'x')
        commit('image', 'one\0')
        commit('image', 'two\0')
        git('switch', '-q', 'main')
        commit('image', 'three\0')
      },
    ],
    [
      'other content under the same names',
      ['a', 'b'],
      ({ commit }) => [commit('a', 'other\n'), commit('b', 'other\n')],
    ],
    ['no commit of its own', [], () => undefined],
    [
      'no commit of its own, brought up to date',
      [],
      ({ git }) => [
        git('switch', '-q', 'x'),
        git('merge', '-q', '--ff-only', 'main'),
        git('switch', '-q', 'main'),
      ],
    ],
    [
      'a history of its own',
      [],
      ({ git, commit }) => {
        git('branch', '-q', '-D', 'x')
        git('switch', '-q', '--orphan', 'x')
        commit('a')
        git('switch', '-q', 'main')
      },
    ],
  ]

  for (const [title, files, work] of ways)
    it(title, async () => {
      const made = diverge(bed, files)
      work(made)
      expect(await howMerged(made.repository)).to.equal(undefined)
    })
})
