import { expect } from 'chai'
import { isPattern, newestTag } from '#deploy/registry/pattern.js'

const tags = ['1.2.0', 'v1.10.0', '1.9.0', '2.0.0-rc.1', '2.0.0', 'latest', 'main-9', 'main-10', 'stable']

describe('deploy: tag patterns', () => {
  for (const [pattern, newest] of [
    ['1.x', 'v1.10.0'],
    ['^1.2', 'v1.10.0'],
    ['>=1.2 <1.10', '1.9.0'],
    ['~2.0', '2.0.0'],
    ['main-*', 'main-10'],
    ['main-?', 'main-9'],
    ['3.x', undefined],
    ['release-*', undefined],
  ] as const)
    it(`${pattern} takes ${newest ?? 'none'}`, () => expect(newestTag(tags, pattern)).to.equal(newest))

  it('a fixed tag is no pattern', () => {
    expect(['latest', '1.2', 'v1', 'main-9', 'xenial'].filter(isPattern)).to.deep.equal([])
    expect(['1.x', '^1.2', 'main-*', 'v1.*'].filter(text => !isPattern(text))).to.deep.equal([])
  })
})
