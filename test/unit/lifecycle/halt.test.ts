import type { Step } from '@piko/sdk'
import { expect } from 'chai'
import { join } from 'node:path'
import { aftermathOf } from '#src/lifecycle/aftermath.js'
import { orderSteps } from '#src/lifecycle/order.js'
import { type Fate, wind } from '#src/lifecycle/wind.js'
import { openProjectState } from '#src/state/databases.js'
import type { Database } from '#src/state/open.js'
import { isLiveHint } from '#src/environment/hints.js'
import { active, fakePlugins, filesOf } from '../../support/fake-plugins.js'
import { fakeRun } from '../../support/fake-run.js'
import { temporaryFolder } from '../../support/temp.js'

const accident = { step: 'script:setup', when: 'before', how: 'throw' } as const

describe('an environment after a failed run', () => {
  let world: string
  let database: Database
  let halted: string[]
  beforeEach(function () {
    const folder = temporaryFolder(this)
    world = join(folder, 'world')
    database = openProjectState(folder)
    halted = []
  })
  afterEach(() => database.close())

  const halting = (id: `${string}:${string}`, fails = false): Step => ({
    id,
    title: `Starting ${id}`,
    phase: 'start',
    do: () => Promise.resolve(null),
    undo: () => Promise.resolve(),
    halt: () => {
      halted.push(id)
      return fails ? Promise.reject(new Error('it does not stop')) : Promise.resolve()
    },
  })
  const fail = async (fate: Fate, more: readonly Step[] = []) => {
    const plugins = [...fakePlugins(world, accident), active('late', more)]
    const run = fakeRun(database)
    const output: string[] = []
    const narrator = { ...run.narrator, say: (line: string) => void output.push(line) }
    const winding = wind({ ...run, narrator }, orderSteps(plugins), {
      fateAfter: () => Promise.resolve(fate),
    })
    const error = await winding.then(
      () => expect.fail('it did not fail'),
      (reason: unknown) => reason,
    )
    return { error, output, rows: run.journal.rows() }
  }

  it('is halted if it is kept, last step first, and its rows stay', async () => {
    const { rows } = await fail('halt', [halting('late:a'), { ...halting('late:b'), after: ['late:a'] }])
    expect(halted).to.deep.equal(['late:b', 'late:a'])
    expect(filesOf(world)).to.include('model.up').and.to.include('data.volume')
    expect(rows.map(({ step }) => step))
      .to.include('script:setup')
      .and.not.to.include('session:open')
  })

  it('is not halted for steps that never started', async () => {
    await fail('halt', [{ ...halting('late:route'), phase: 'route' }])
    expect(halted).to.deep.equal([])
  })

  it('reports what cannot be stopped, and stops the rest', async () => {
    const { output, error } = await fail('halt', [
      halting('late:a'),
      { ...halting('late:b', true), after: ['late:a'] },
    ])
    expect(halted).to.deep.equal(['late:b', 'late:a'])
    expect(output).to.deep.equal(['! late:b still runs: it does not stop'])
    expect(String(error)).to.contain('accident at script:setup')
  })

  it('is left running if requested', async () => {
    const { rows } = await fail('leave', [halting('late:a')])
    expect(halted).to.deep.equal([])
    expect(rows.map(({ step }) => step)).to.include('late:a')
  })

  it('is rolled back, and the message names it', async () => {
    const { error, rows } = await fail('roll back', [halting('late:a')])
    expect(rows).to.deep.equal([])
    expect(filesOf(world)).to.deep.equal([])
    expect(aftermathOf(error).details).to.deep.equal([
      'Rolled back: model:up, attach:shared, model:network, late:a, data:volume, ground:checkout',
    ])
  })

  it('is never rolled back if an earlier run created it', async () => {
    await fail('leave')
    await fail('roll back')
    expect(filesOf(world)).to.include('model.up')
  })
})

describe('a hint after a failure', () => {
  const command = 'piko up r2'
  const live = (hint: string, isGone: boolean) => isLiveHint(hint, { name: 'r2', isGone, command })

  it('is shown only if the environment exists', () => {
    expect(live('To see its log, run `piko logs r2 api`', false)).to.equal(true)
    expect(live('To see its log, run `piko logs r2 api`', true)).to.equal(false)
    expect(live('To see its log, run `piko logs r22 api`', true)).to.equal(true)
  })

  it('may create an environment that is gone', () =>
    expect(live('To use another port, run `piko create r2 --port db:5432=10199`', true)).to.equal(true))

  it('does not repeat the command that failed', () => {
    expect(live('To start it, run `piko up r2`', false)).to.equal(false)
    expect(live('To wait longer, run `piko up r2 --wait-timeout 600`', false)).to.equal(true)
    expect(live('To provide it, set `env: { A: b }` in .piko.yml, then run `piko up r2`', false)).to.equal(
      true,
    )
  })

  it('may suggest any other command', () =>
    expect(live('To log in, run `docker login r2`', true)).to.equal(true))
})
