import { expect } from 'chai'
import { pauseAfter } from '#deploy/watch/pace.js'

describe('deploy: the pace of the watcher', () => {
  const pauses = (random: number) =>
    [0, 1, 2, 10].map(failures => pauseAfter(failures, { seconds: 60, random: () => random }))

  it('doubles with each failure, up to a quarter of an hour', () => {
    expect(pauses(0.5)).to.deep.equal([60_000, 120_000, 240_000, 900_000])
  })

  it('is spread by a fifth', () => {
    expect(pauses(0)).to.deep.equal([48_000, 96_000, 192_000, 720_000])
    expect(pauses(1)).to.deep.equal([72_000, 144_000, 288_000, 1_080_000])
  })

  it('is never shorter than asked, even if that is long', () => {
    expect(pauseAfter(5, { seconds: 3600, random: () => 0.5 })).to.equal(3_600_000)
  })
})
