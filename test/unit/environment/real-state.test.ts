import { realState } from '#src/environment/real-state.js'
import type { ServiceState } from '@piko/sdk'
import { expect } from 'chai'

describe('realState', () => {
  const state = (service: string, more: Partial<ServiceState> = {}): ServiceState => ({
    service,
    replica: 1,
    container: service,
    state: 'running',
    health: null,
    exitCode: null,
    restarts: 0,
    isDone: false,
    isShared: false,
    ...more,
  })
  const known = { web: {}, db: {}, once: {}, cache: { isShared: true } }
  const once = state('once', { state: 'exited', exitCode: 0, isDone: true })
  const cache = state('cache', { isShared: true })

  it('is running if every expected service is, not counting one-shots and shared services', () => {
    const real = realState({ recorded: 'running', known, states: [state('web'), state('db'), once, cache] })
    expect(real).to.deep.equal({ state: 'running', running: 2, wanted: 2, unhealthy: [], restarts: {} })
  })

  it('is partly running if a service has stopped or lost its container', () => {
    const stopped = state('db', { state: 'exited', exitCode: 0 })
    const states = [state('web'), stopped, once]
    expect(realState({ recorded: 'running', known, states })).to.include({
      state: 'partial',
      running: 1,
      wanted: 2,
    })
    expect(realState({ recorded: 'running', known, states: [state('web'), once] })).to.include({
      state: 'partial',
      wanted: 2,
    })
  })

  it('is stopped if nothing runs, and running if a service recorded as stopped runs', () => {
    expect(realState({ recorded: 'running', known, states: [cache] }).state).to.equal('stopped')
    expect(realState({ recorded: 'prepared', known, states: [] }).state).to.equal('prepared')
    const states = [state('web'), state('db'), once]
    expect(realState({ recorded: 'stopped', known, states }).state).to.equal('running')
  })

  it('falls back to the recorded state if services report none', () => {
    expect(realState({ recorded: 'failed', known, states: [state('web')] }).state).to.equal('failed')
    expect(realState({ recorded: 'starting', known, states: [] }).state).to.equal('starting')
    expect(realState({ recorded: 'running', known: {}, states: [] }).state).to.equal('running')
  })

  it('names unhealthy and restarted services, and replicas by number', () => {
    const states = [
      state('web', { replica: 2, health: 'unhealthy' }),
      state('db', { restarts: 5 }),
      state('cache', { isShared: true, health: 'unhealthy' }),
    ]
    const { unhealthy, restarts } = realState({ recorded: 'running', known, states })
    expect(unhealthy).to.deep.equal(['web#2', 'cache'])
    expect(restarts).to.deep.equal({ db: 5 })
  })
})
