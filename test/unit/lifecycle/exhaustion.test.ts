import { expect } from 'chai'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { orderSteps } from '#src/lifecycle/order.js'
import { openProjectState } from '#src/state/databases.js'
import type { Database } from '#src/state/open.js'
import { fakePlugins, filesOf } from '../../support/fake-plugins.js'
import { fakeRun, unwindAll, windAll } from '../../support/fake-run.js'
import { temporaryFolder } from '../../support/temp.js'

const steps = orderSteps(fakePlugins('/nowhere')).map(({ step }) => step.id)
const child = fileURLToPath(new URL('../../support/crash-child.js', import.meta.url))

describe('an interrupted lifecycle', () => {
  let folder: string
  let world: string
  let database: Database
  beforeEach(function () {
    folder = temporaryFolder(this)
    world = join(folder, 'world')
    database = openProjectState(folder)
  })
  afterEach(() => database.close())

  for (const when of ['before', 'after'] as const) {
    for (const step of steps) {
      it(`leaves nothing if ${step} fails ${when} its change`, async () => {
        const error = await failure(windAll(database, fakePlugins(world, { step, when, how: 'throw' })))
        expect(error.message).to.equal(`accident at ${step}`)
        expect(filesOf(world)).to.deep.equal([])
        expect(fakeRun(database).journal.rows()).to.deep.equal([])
      })

      it(`can be destroyed if the process is killed ${when} the change of ${step}`, async () => {
        crash(folder, step, when)
        const { leftovers } = await unwindAll(database, fakePlugins(world))
        expect(leftovers).to.deep.equal([])
        expect(filesOf(world).filter(file => file !== 'script.setup')).to.deep.equal([])
        expect(fakeRun(database).journal.rows()).to.deep.equal([])
      })

      it(`can be resumed if the process is killed ${when} the change of ${step}`, async () => {
        crash(folder, step, when)
        await windAll(database, fakePlugins(world))
        expect(filesOf(world)).to.have.members(steps.map(id => id.replace(':', '.')))
        expect(
          fakeRun(database)
            .journal.rows()
            .map(row => row.state),
        ).to.deep.equal(steps.map(() => 'done'))
      })
    }
  }
})

function crash(folder: string, step: string, when: string): void {
  const { signal, stderr } = spawnSync(process.execPath, [child, folder, step, when], { encoding: 'utf8' })
  expect(signal, stderr).to.equal('SIGKILL')
}

async function failure(work: Promise<unknown>): Promise<Error> {
  try {
    await work
  } catch (error) {
    if (error instanceof Error) return error
  }
  throw new Error('it did not fail')
}
