import { expect } from 'chai'
import { askedBy, expectPrograms, textsOf } from '../support/asked.js'
import { requireTool } from '../support/require-tool.js'
import { makeScratchProject, type ScratchProject } from '../support/scratch-project.js'

/** Starting a program takes longer than most answers, so the number of programs is the time of a command. */
describe('the programs that piko starts', () => {
  let made: ScratchProject
  before(async function () {
    requireTool(this, 'docker')
    made = await makeScratchProject({}, () => undefined)
  })
  after(() => made.dispose())

  it('at most 8 for the first `create --no-start` on a machine', async () => {
    const asked = await askedBy(made, 'create', 'first', '--no-start')
    expect(textsOf(asked, 'program').join('\n')).to.include('git worktree add')
    expectPrograms(asked, 8)
  })

  it('at most 6 for the next, since the versions of the tools are known', async () => {
    expectPrograms(await askedBy(made, 'create', 'second', '--no-start'), 6)
  })

  it('at most 8 with patterns of files to copy', async () => {
    made.write('.piko.yml', `${made.portsLine}files: { copy: [.env, secrets/key] }\n`)
    expectPrograms(await askedBy(made, 'create', 'third', '--no-start'), 8)
  })

  it('at most 2 for `status`', async () => {
    expectPrograms(await askedBy(made, 'status', 'first'), 2)
  })

  it('none for `list`, `env` and `path`', async () => {
    for (const words of [['list'], ['env', 'first'], ['path', 'first']])
      expectPrograms(await askedBy(made, ...words), 0)
  })

  it('at most 2 for `status` in a worktree', async () => {
    const inside = made.at(made.worktree('first'))
    expectPrograms(await askedBy(inside, 'status'), 2)
  })

  it('at most 4 for `destroy` of a prepared environment', async () => {
    expectPrograms(await askedBy(made, 'destroy', 'first', '--yes'), 4)
  })
})
