import { expect } from 'chai'
import { site } from '../../support/compose-projects.js'
import { useScenario } from '../../support/scenario.js'
import { expectStock, takeStock } from '../../support/stock.js'

describe('create with an unusual name', () => {
  const scenario = useScenario()
  const wrong: readonly {
    readonly title: string
    readonly words: readonly string[]
    readonly says: RegExp
  }[] = [
    { title: 'a path', words: ['../x'], says: /`\.\.\/x` is not a valid environment name/ },
    { title: 'a flag', words: ['-rf'], says: /-r/ },
    { title: 'a flag after --', words: ['--', '-rf'], says: /`-rf` is not a valid environment name/ },
    { title: 'a space', words: ['a b'], says: /`a b` is not a valid environment name[^]*piko create a-b/ },
    { title: '300 characters', words: ['x'.repeat(300)], says: /it is longer than 200 bytes/ },
    { title: 'an empty name', words: [''], says: /is not a valid environment name: it is empty/ },
    { title: 'a reserved name', words: ['shared'], says: /piko keeps `shared` for itself/ },
  ]
  for (const { title, words, says } of wrong) {
    it(`refuses ${title} and changes nothing`, async () => {
      const project = await scenario.project({ files: site })
      const before = await takeStock(project)
      const { exitCode, stdout, stderr } = await project.piko('create', ...words)
      await expectStock(project, before)
      expect(stderr).to.match(says)
      expect({ exitCode, stdout }).to.deep.equal({ exitCode: 2, stdout: '' })
    })
  }

  it('accepts the branch UPPER/Case as environment upper-case', async () => {
    const project = await scenario.project({ files: site })
    await project.pikoWell('create', 'UPPER/Case')
    expect(project.engine().containers).to.include(`piko-${project.mark}-upper-case-web-1`)
    expect(await project.at(project.worktree('upper-case')).git('branch', '--show-current')).to.equal(
      'UPPER/Case',
    )
    const twin = await project.piko('create', 'upper-case')
    expect(twin.exitCode).to.equal(3)
    expect(twin.stderr).to.contain('would share the environment name upper-case')
  })
})
