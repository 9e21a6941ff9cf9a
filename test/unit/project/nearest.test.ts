import { expect } from 'chai'
import { findNearest, nearestText } from '#src/project/nearest.js'

describe('findNearest', () => {
  const known = ['ports', 'plugins', 'env_file', 'tmux', 'env', 'dir']
  const cases: readonly (readonly [string, string | undefined])[] = [
    ['tmx', 'tmux'],
    ['prots', 'ports'],
    ['Ports', 'ports'],
    ['envFile', 'env_file'],
    ['plugin', 'plugins'],
    ['evn', 'env'],
    ['run', undefined],
    ['volumes', undefined],
  ]
  for (const [word, nearest] of cases) {
    it(`finds ${nearest ?? 'nothing'} for ${word}`, () => expect(findNearest(word, known)).to.equal(nearest))
  }

  it('lists the known names if none is near', () => {
    expect(nearestText('volumes', ['a', 'b'])).to.equal('known are `a`, `b`')
    expect(nearestText('volumes', [])).to.equal('none is known')
  })
})
