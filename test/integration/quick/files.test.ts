import { expect } from 'chai'
import { makeScratchProject, type ScratchProject } from '../../support/scratch-project.js'
import { runCounting } from './support.js'

/** The most files that commands load through oclif, about a tenth more than today. Quick commands load three: `same-answers.test.ts`. */
const limits = [
  { words: ['create', 'two'], most: 145 },
  { words: ['status', 'one'], most: 140 },
  { words: ['doctor'], most: 140 },
  { words: ['config', 'show'], most: 125 },
  { words: ['plugins'], most: 215 },
  { words: ['destroy', 'two', '--yes'], most: 140 },
] as const

describe('the number of files that piko loads', () => {
  let project: ScratchProject
  before(async () => {
    project = await makeScratchProject({ config: 'plugins: []\n' }, () => undefined)
    await project.pikoWell('create', 'one')
  })
  after(() => project.dispose())

  it('is one for --version, besides the start', async () => {
    const { files } = await runCounting(project, ['--version'])
    expect(files).to.deep.equal(['run.js', 'quick.start.cjs'])
  })

  for (const { words, most } of limits)
    it(`is at most ${most} for \`piko ${words.join(' ')}\``, async () => {
      const { files } = await runCounting(project, words)
      expect(files.length).to.be.at.most(most)
    })
})
