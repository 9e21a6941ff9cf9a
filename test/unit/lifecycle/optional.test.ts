import { expect } from 'chai'
import { join } from 'node:path'
import type { ActivePlugin } from '#src/lifecycle/active-plugin.js'
import { readWarnings } from '#src/lifecycle/facts.js'
import { openProjectState } from '#src/state/databases.js'
import type { Database } from '#src/state/open.js'
import { type Accident, fakePlugins, filesOf } from '../../support/fake-plugins.js'
import { fakeRun, unwindAll, windAll } from '../../support/fake-run.js'
import { temporaryFolder } from '../../support/temp.js'

describe('an optional plugin that fails', () => {
  let world: string
  let database: Database
  beforeEach(function () {
    const folder = temporaryFolder(this)
    world = join(folder, 'world')
    database = openProjectState(folder)
  })
  afterEach(() => database.close())

  /** The fakes, with these as optional. */
  function plugins(
    accident: Accident | undefined,
    optional: Partial<ActivePlugin> = {},
  ): readonly ActivePlugin[] {
    return fakePlugins(world, accident).map(plugin =>
      ['proxy', 'session'].includes(plugin.name)
        ? { ...plugin, ...optional, definition: { ...plugin.definition, role: 'optional' as const } }
        : plugin,
    )
  }

  for (const when of ['before', 'after'] as const) {
    it(`${when} its change, causes a warning; its step is undone and its other steps are skipped`, async () => {
      await windAll(database, plugins({ step: 'proxy:attach', when, how: 'throw' }))
      expect(filesOf(world))
        .to.include('session.open')
        .and.not.include('proxy.attach')
        .and.not.include('proxy.entry')
      const [warning, more] = readWarnings(database, 'environment:fake')
      expect(warning).to.deep.equal({
        code: 'STEP_SKIPPED',
        message: 'proxy: Doing proxy:attach failed: accident at proxy:attach',
        hints: ['To try again, run `piko up fake`'],
      })
      expect(more).to.equal(undefined)
      const steps = fakeRun(database)
        .journal.rows()
        .map(({ step }) => step)
      expect(steps).not.to.include('proxy:attach')
    })
  }

  it('is retried by the next run', async () => {
    await windAll(database, plugins({ step: 'session:open', when: 'before', how: 'throw' }))
    await windAll(database, plugins(undefined))
    expect(filesOf(world)).to.include('session.open')
    const { leftovers } = await unwindAll(database, plugins(undefined))
    expect(leftovers).to.deep.equal([])
    expect(filesOf(world).filter(file => file !== 'script.setup')).to.deep.equal([])
  })

  it('keeps what an earlier run created, so that it can be undone', async () => {
    await windAll(database, plugins(undefined))
    await windAll(database, plugins({ step: 'session:open', when: 'before', how: 'throw' }))
    expect(filesOf(world)).to.include('session.open')
    expect(fakeRun(database).journal.find('session:open')?.receipt).not.to.equal(undefined)
  })

  it('fails the run if .piko.yml requires the plugin', async () => {
    const accident = { step: 'session:open', when: 'before', how: 'throw' } as const
    const error = await windAll(database, plugins(accident, { isRequired: true })).then(
      () => undefined,
      String,
    )
    expect(error).to.contain('accident at session:open')
    expect(filesOf(world)).to.deep.equal([])
  })

  it('stops the run on Ctrl-C', async () => {
    const controller = new AbortController()
    const accident = { step: 'session:open', when: 'before', how: 'hang' } as const
    const running = windAll(database, plugins(accident), { first: controller.signal }).then(
      () => 'done',
      String,
    )
    setImmediate(() => controller.abort(new Error('Ctrl-C')))
    expect(await running).not.to.equal('done')
    expect(filesOf(world)).to.deep.equal([])
  })
})
