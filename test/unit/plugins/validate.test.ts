import { expect } from 'chai'
import { problemsOf } from '#src/plugins/validate.js'

const step = {
  id: 'owl:work',
  title: 'Working',
  phase: 'prepare',
  do: () => Promise.resolve(null),
  undo: () => Promise.resolve(),
}
const ref = { id: 'owl.nest', subject: 'machine' }
const sound = { name: 'owl', summary: 'An owl', steps: [step] }

describe('a definition', () => {
  it('without faults passes', () => {
    expect(problemsOf(sound, 'owl')).to.deep.equal([])
  })

  const faults: readonly (readonly [unknown, string])[] = [
    [undefined, 'the module has no definition as its default export'],
    ['owl', 'the module has no definition as its default export'],
    [{ ...sound, name: 'bat' }, "its name is bat, its package's owl"],
    [{ ...sound, summary: undefined }, '`summary` is not a text'],
    [{ ...sound, stepz: [] }, '`stepz` is not part of a definition'],
    [{ ...sound, detect: true }, '`detect` is not a function'],
    [{ ...sound, steps: {} }, '`steps` is not a list'],
    [{ ...sound, requires: [1] }, '`requires` holds no names'],
    [{ ...sound, config: 1 }, '`config` is not an object'],
    [{ ...sound, config: { jsonSchema: () => ({}) } }, '`config.schema` is not a Standard Schema'],
    [{ ...sound, config: { schema: { '~standard': {} } } }, '`config.jsonSchema` is not a function'],
    [{ ...sound, contributes: 1 }, '`contributes` is not an object'],
    [{ ...sound, contributes: { columns: {} } }, '`contributes.columns` is not a function'],
    [{ ...sound, contributes: { fills: {} } }, '`contributes.fills` is not a list'],
    [{ ...sound, contributes: { fills: [{}] } }, '`contributes.fills` holds what `fill` has not made'],
    [{ ...sound, steps: [1] }, 'a step is not an object'],
    [{ ...sound, steps: [{ ...step, id: 'bat:work' }] }, 'the step bat:work is not named owl:…'],
    [{ ...sound, steps: [{ ...step, title: 1 }] }, 'the step owl:work has no title'],
    [
      { ...sound, steps: [{ ...step, phase: 'later' }] },
      'the step owl:work has the phase later that does not exist',
    ],
    [{ ...sound, steps: [{ ...step, do: 1 }] }, 'the step owl:work has no `do`'],
    [{ ...sound, steps: [{ ...step, undo: undefined }] }, 'the step owl:work has no `undo`'],
    [{ ...sound, steps: [{ ...step, plan: 1 }] }, '`plan` of the step owl:work is not a function'],
    [{ ...sound, steps: [{ ...step, after: 'x' }] }, '`after` of the step owl:work is not a list of steps'],
    [
      { ...sound, steps: [{ ...step, timeLimit: '1s' }] },
      '`timeLimit` of the step owl:work is not a number of seconds',
    ],
    [{ ...sound, steps: [step, step] }, 'two steps have the id owl:work'],
    [{ ...sound, runs: [{}] }, 'a run has no `ref`'],
    [{ ...sound, runs: [{ ref: { ...ref, id: 'bat.nest' } }] }, 'the run bat.nest is not named owl.…'],
    [{ ...sound, runs: [{ ref: { ...ref, subject: 'moon' } }] }, 'the run owl.nest has no subject'],
    [{ ...sound, runs: [{ ref, steps: [{ ...step, do: 1 }] }] }, 'the step owl:work has no `do`'],
    [{ ...sound, checks: [1] }, 'a check is not an object'],
    [{ ...sound, checks: [{ id: 'bat:x', run: 1 }] }, 'the check bat:x is not named owl:…'],
    [{ ...sound, checks: [{ id: 'owl:x' }] }, 'the check owl:x has no `run`'],
    [
      { ...sound, checks: [{ id: 'owl:x', run: () => null, gate: 'x' }] },
      'the check owl:x gates a phase that does not exist',
    ],
    [{ ...sound, migrations: [{ id: '2-x', sql: '' }] }, 'the migration 2-x is not named 1-…'],
    [{ ...sound, migrations: [{ id: '1-x' }] }, 'the migration 1-x has no SQL'],
    [{ ...sound, tools: [{ name: 'git' }] }, 'a tool has no command'],
    [{ ...sound, tools: [{ name: 'git', command: ['git'] }] }, 'the tool git has no version range'],
    [
      { ...sound, tools: [{ name: 'git', command: ['git'], version: '*', installedAt: [] }] },
      '`installedAt` of the tool git is not a function',
    ],
  ]
  for (const [definition, problem] of faults) {
    it(`is rejected: ${problem}`, () => expect(problemsOf(definition, 'owl')).to.include(problem))
  }

  it('with several faults reports all of them', () => {
    expect(problemsOf({ name: 'bat' }, 'owl')).to.have.length(2)
  })
})
