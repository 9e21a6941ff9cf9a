import { detailsOf } from '@piko/sdk'
import { expect } from 'chai'
import { judge } from '@piko/plugin-compose/dist/readiness/judge.js'
import { up } from '@piko/plugin-compose/dist/steps/up.js'
import { requireEngine } from '../../support/engine.js'
import { disposeWorlds, makeWorld, type WorldOptions } from './support/world.js'

/** What `up` says of the readiness fixture with one more profile on. */
async function upWith(profiles: readonly string[], options: WorldOptions = {}) {
  const world = await makeWorld('readiness', { ...options, config: { profiles: [...profiles] } })
  try {
    await world.up()
    const receipt = await up.do(world.context, undefined)
    return { said: up.report?.(receipt) }
  } catch (error) {
    return { error: detailsOf(error) }
  } finally {
    await world.dispose()
  }
}

describe('compose: ready means', function () {
  this.timeout(90_000)
  before(requireEngine)
  after(disposeWorlds)

  it('healthy, or staying up; what ended with 0 is named', async () => {
    const { said, error } = await upWith([])
    expect(error).to.equal(undefined)
    expect(said).to.match(/^Started containers \(piko-.*-feature\); ended as they should: once$/)
  })

  it('not ended with another code, and its last lines are shown', async () => {
    const { error } = await upWith(['broken'])
    expect(error?.code).to.equal('COMPOSE_SERVICE_FAILED')
    expect(error?.message).to.equal('Service broken ended with exit code 3')
    expect(error?.details).to.deep.equal(['cannot read the moon'])
  })

  it('not in a crash loop', async () => {
    const { error } = await upWith(['looping'])
    expect(error?.message).to.match(/^Service looping keeps ending with exit code 4/)
    expect(error?.details).to.include('again')
  })

  it('not in a crash loop that Compose itself would wait out for ever', async () => {
    const { error } = await upWith(['awaiting'])
    expect(error?.message).to.match(/^Service restarted keeps ending with exit code 5/)
    expect(error?.details).to.include('never')
  })

  it('not unhealthy', async () => {
    const { error } = await upWith(['unhealthy'])
    expect(error?.message).to.equal('Service unhealthy is unhealthy')
    expect(error?.details).to.deep.equal(['not feeling well'])
  })

  it('within the time limit', async () => {
    const { error } = await upWith(['slow'], { flags: { 'wait-timeout': '3' } })
    expect(error?.code).to.equal('COMPOSE_NOT_READY')
    expect(error?.message).to.equal('After 3 s not ready: slow (is not healthy yet)')
  })

  it('nothing with --no-wait', async () => {
    const { error } = await upWith(['slow', 'unhealthy'], { flags: { 'no-wait': true } })
    expect(error).to.equal(undefined)
  })

  it('only about the services asked for', async () => {
    const { error } = await upWith(['broken'], { targets: ['steady'] })
    expect(error).to.equal(undefined)
  })

  it('a few restarts are no crash loop', () => {
    const container = {
      id: '1',
      name: 'a',
      project: 'p',
      service: 'a',
      replica: 1,
      isOneOff: false,
      exitCode: 1,
      startedAt: '',
      volumes: [],
    }
    const state = (status: string, restarts: number) =>
      judge({ ...container, status, restarts, health: 'none' }, 0).state
    expect(state('restarting', 2)).to.equal('waiting')
    expect(state('running', 2)).to.equal('ready')
    expect(state('restarting', 20)).to.equal('failed')
  })
})
