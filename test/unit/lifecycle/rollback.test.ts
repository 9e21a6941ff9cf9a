import type { Step, StepContext } from '@piko/sdk'
import { expect } from 'chai'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { lifecycleErrors } from '#src/errors/lifecycle.js'
import { narrateInside, silentNarrator } from '#src/lifecycle/narrator.js'
import { orderSteps } from '#src/lifecycle/order.js'
import { undoRows } from '#src/lifecycle/unwind.js'
import { openProjectState } from '#src/state/databases.js'
import type { Database } from '#src/state/open.js'
import { active, fakePlugins, filesOf } from '../../support/fake-plugins.js'
import { fakeRun, unwindAll, windAll } from '../../support/fake-run.js'
import { temporaryFolder } from '../../support/temp.js'

const child = fileURLToPath(new URL('../../support/crash-child.js', import.meta.url))

describe('a rollback', () => {
  let folder: string
  let world: string
  let database: Database
  beforeEach(function () {
    folder = temporaryFolder(this)
    world = join(folder, 'world')
    database = openProjectState(folder)
  })
  afterEach(() => database.close())

  it('leaves data of an earlier run that a crashed run was repeating', async () => {
    await windAll(database, fakePlugins(world))
    spawnSync(process.execPath, [child, folder, 'data:volume', 'before'])
    const accident = { step: 'model:up', when: 'before', how: 'throw' } as const
    await rejection(windAll(database, fakePlugins(world, accident)))
    expect(filesOf(world)).to.include('data.volume')
  })

  it('orders steps by phase if a plugin was off in the last run', async () => {
    const plugins = fakePlugins(world)
    await windAll(database, plugins)
    await windAll(
      database,
      plugins.filter(({ name }) => name !== 'data' && name !== 'ground'),
    )
    const undone: string[] = []
    const run = {
      ...fakeRun(database),
      narrator: { ...silentNarrator, start: (id: string) => void undone.push(id) },
    }
    await undoRows(run, { rows: run.journal.rows(), find: () => undefined, verb: 'destroy', forget: true })
    expect(undone.indexOf('data:volume')).to.be.greaterThan(undone.indexOf('model:network'))
    expect(undone.slice(-2)).to.deep.equal(['ground:checkout', 'ground:reserve'])
  })

  for (const verb of ['down', 'destroy'] as const) {
    it(`of \`${verb}\` stops at the first Ctrl-C, and says how to continue`, async () => {
      await windAll(database, fakePlugins(world))
      const first = AbortSignal.abort()
      const error = await rejection(unwindAll(database, fakePlugins(world), { verb, interrupt: { first } }))
      expect(error).to.have.nested.property('details.code', 'RUN_INTERRUPTED')
      expect(error)
        .to.have.nested.property('details.hints')
        .that.includes('To undo the rest, run `piko destroy fake`')
      expect(filesOf(world)).to.include('model.up')
    })
  }

  it("passes on the hints of each step's error", () => {
    const error = lifecycleErrors.PLUGIN_GONE({ plugin: 'a', packageName: 'piko-plugin-a', step: 'a:b' })
    const { hints = [] } = lifecycleErrors.RUN_INCOMPLETE({
      leftovers: [{ step: 'a:b', error }],
      retry: 'piko destroy x',
    }).details
    expect(hints.join('\n')).to.contain('--forget').and.to.contain('piko plugins install piko-plugin-a')
  })

  for (const edge of ['after', 'before', 'requires'] as const) {
    it(`leaves data that a step depends on (${edge}) if that step could not be undone`, async () => {
      await windAll(database, withBackup(world, edge))
      const { leftovers } = await unwindAll(database, withBackup(world, edge))
      expect(leftovers.map(({ step }) => step)).to.deep.equal(['saver:backup', 'data:volume'])
      expect(leftovers[1]?.error).to.have.nested.property('details.code', 'STEP_HELD_BACK')
      expect(filesOf(world)).to.include('data.volume').and.not.to.include('model.up')
      const well = await unwindAll(database, withBackup(world, edge, true))
      expect(well.leftovers).to.deep.equal([])
      expect(filesOf(world)).not.to.include('data.volume')
    })
  }

  it('removes data that the failing step does not depend on', async () => {
    const plugins = [...fakePlugins(world), active('saver', [failingBackup({})])]
    await windAll(database, plugins)
    const { leftovers } = await unwindAll(database, plugins)
    expect(leftovers.map(({ step }) => step)).to.deep.equal(['saver:backup'])
    expect(filesOf(world)).not.to.include('data.volume')
  })

  it('is not cut short by a time limit too large for a timer', async () => {
    await windAll(database, [active('slow', [slowStep(Number.POSITIVE_INFINITY)])])
    expect(fakeRun(database).journal.rows()).to.have.length(1)
  })

  it('starts if a `plan` takes too long', async () => {
    await windAll(database, [active('slow', [slowStep(60)])])
    const plan: Step['plan'] = ({ signal }) =>
      new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))))
    const error = await rejection(windAll(database, [active('slow', [{ ...slowStep(0.1), plan }])]))
    expect(error).to.have.nested.property('details.code', 'STEP_TIMED_OUT')
  })

  it('never starts if an edge names a step that an active plugin does not have', () => {
    const lost = { ...slowStep(60), after: ['model:uppp'] as const }
    expect(() => orderSteps([...fakePlugins(world), active('slow', [lost])])).to.throw('model:uppp')
    expect(() => orderSteps([active('slow', [lost])])).not.to.throw()
  })
})

describe('a run inside the step of another', () => {
  it('shows no steps of its own', () => {
    const calls: string[] = []
    const lines: string[] = []
    const outer = {
      ...silentNarrator,
      begin: () => void calls.push('begin'),
      end: () => Promise.resolve(void calls.push('end')),
    }
    const inside = narrateInside(outer, line => void lines.push(line))
    inside.begin([{ id: 'proxy:start', title: 'Starting the proxy' }])
    inside.start('proxy:start')
    inside.done('proxy:start', 'done')
    void inside.end()
    expect([calls, lines]).to.deep.equal([[], ['Starting the proxy']])
  })
})

/** The fakes with a step whose undo saves `data:volume`, connected to it by one kind of edge. */
function withBackup(world: string, edge: 'after' | 'before' | 'requires', works = false) {
  const plugins = fakePlugins(world).map(plugin => {
    if (edge !== 'before' || plugin.name !== 'data') return plugin
    const [volume] = plugin.definition.steps ?? []
    return volume ? active('data', [{ ...volume, before: ['saver:backup'] }]) : plugin
  })
  const saver = active('saver', [failingBackup(edge === 'after' ? { after: ['data:volume'] } : {}, works)])
  const requires = edge === 'requires' ? { requires: ['data'] } : {}
  return [...plugins, { ...saver, definition: { ...saver.definition, ...requires } }]
}

function failingBackup(more: Pick<Step, 'after'>, works = false): Step {
  return {
    id: 'saver:backup',
    title: 'Saver',
    phase: 'data',
    ...more,
    do: () => Promise.resolve(null),
    undo: () => (works ? Promise.resolve() : Promise.reject(new Error('the disk is full'))),
  }
}

function slowStep(timeLimit: number) {
  return {
    id: 'slow:step' as const,
    title: 'Slow',
    phase: 'start' as const,
    timeLimit,
    async do({ signal }: StepContext<unknown>) {
      await delay(20)
      signal.throwIfAborted()
      return null
    },
    undo: () => Promise.resolve(),
  }
}

async function rejection(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => expect.fail('it did not fail'),
    (error: unknown) => error,
  )
}
