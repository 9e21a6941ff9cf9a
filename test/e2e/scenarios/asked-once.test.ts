import { expect } from 'chai'
import { askedBy, askedTwice, expectPrograms, textsOf } from '../../support/asked.js'
import { full } from '../../support/compose-projects.js'
import { useScenario } from '../../support/scenario.js'

const commands = [
  'create one --no-wait',
  'status one',
  'ps one',
  'list --live',
  'volumes list one',
  'up one',
  'restart one cache',
  'sync one',
  'down one',
  'up one --no-wait',
]

describe('piko asks the engine no question twice', () => {
  const scenario = useScenario()

  it('in the life of an environment', async () => {
    const project = await scenario.project({ files: full })
    const found: string[] = []
    for (const command of commands) {
      const asked = await askedBy(project, ...command.split(' '))
      expect(textsOf(asked, 'question'), command).not.to.deep.equal([])
      found.push(...askedTwice(asked).map(question => `${command}: ${question}`))
    }
    expect(found).to.deep.equal([])
    const destroyed = await askedBy(project, 'destroy', 'one', '--yes')
    expect(askedTwice(destroyed)).to.deep.equal([])
    // git: status and submodules, then list and remove the worktree; docker: down, a network each, images, volumes.
    expectPrograms(destroyed, 9)
  })
})
