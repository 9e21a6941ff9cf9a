import { expect } from 'chai'
import { join } from 'node:path'
import { silentNarrator, type TitledStep } from '#src/lifecycle/narrator.js'
import { openJournal } from '#src/lifecycle/journal.js'
import { orderSteps } from '#src/lifecycle/order.js'
import { titleSteps, undoTitleOf } from '#src/lifecycle/titles.js'
import { undoRows } from '#src/lifecycle/unwind.js'
import { openProjectState } from '#src/state/databases.js'
import { active, fakePlugins } from '../../support/fake-plugins.js'
import { fakeRun, windAll } from '../../support/fake-run.js'
import { temporaryFolder } from '../../support/temp.js'

const groupsOf = (steps: readonly TitledStep[]) => [...new Set(steps.map(({ group }) => group))]

describe('the titles of a run', () => {
  it('take at most six lines for a whole create, in plain words', function () {
    const steps = orderSteps(fakePlugins(join(temporaryFolder(this), 'world')))
    expect(groupsOf(titleSteps('create', steps))).to.deep.equal([
      'Creating the worktree',
      'Preparing the Compose project',
      steps.find(({ step }) => step.id === 'data:volume')?.step.title,
      'Starting services',
      steps.find(({ step }) => step.id === 'script:setup')?.step.title,
      'Connecting',
    ])
  })

  it('do not mention creating when an environment starts again', function () {
    const steps = orderSteps(fakePlugins(join(temporaryFolder(this), 'world')))
    expect(groupsOf(titleSteps('up', steps))[0]).to.equal('Checking the worktree')
    expect(groupsOf(titleSteps('restart', steps))).to.include('Restarting services')
  })

  it("of a rollback reverse the step's title if it has no `undoTitle`", () => {
    expect(undoTitleOf({ title: 'Starting containers', undoTitle: 'Removing containers' })).to.equal(
      'Removing containers',
    )
    expect(undoTitleOf({ title: 'Creating the bucket' })).to.equal('Removing the bucket')
    expect(undoTitleOf({ title: 'Counting sheep' })).to.equal('Undoing: Counting sheep')
  })

  it('of a rollback are kept in the journal, for a plugin that is gone', async function () {
    const database = openProjectState(temporaryFolder(this))
    const step = {
      id: 'gone:lamp' as const,
      title: 'Lighting the lamp',
      undoTitle: 'Putting out the lamp',
      phase: 'start' as const,
      do: () => Promise.resolve(null),
      undo: () => Promise.resolve(),
    }
    await windAll(database, [active('gone', [step])])
    expect(openJournal(database, 'environment:fake').rows()[0]?.undoTitle).to.equal('Putting out the lamp')
    let titles: readonly TitledStep[] = []
    const run = {
      ...fakeRun(database),
      narrator: { ...silentNarrator, begin: (steps: readonly TitledStep[]) => void (titles = steps) },
    }
    await undoRows(run, { rows: run.journal.rows(), find: () => undefined, verb: 'down', forget: true })
    expect(titles.map(({ group }) => group)).to.deep.equal(['Putting out the lamp'])
    database.close()
  })
})
