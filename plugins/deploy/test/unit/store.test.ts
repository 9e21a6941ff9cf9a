import { expect } from 'chai'
import { deploys, requireDeploy } from '#deploy/store/deploys.js'
import { instances } from '#deploy/store/instances.js'
import { logs } from '#deploy/store/logs.js'
import { registries, requireRegistry } from '#deploy/store/registries.js'
import { secrets } from '#deploy/store/secrets.js'
import { readSettings, updateSettings } from '#deploy/store/settings.js'
import { requireStage, stages } from '#deploy/store/stages.js'
import { addDeploy, addInstance, addStage } from '../support/rows.js'
import { openStore, type TestStore } from '../support/tables.js'

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const utc = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

describe('deploy: store', () => {
  let store: TestStore
  beforeEach(function () {
    store = openStore(this)
  })

  it('creates, reads, updates and deletes a stage', () => {
    const made = addStage(store, 'staging')
    expect(made.id).to.match(uuid)
    expect(made.createdAt).to.match(utc)
    expect(stages.require(store, made.id)).to.deep.equal(made)
    expect(requireStage(store, 'staging').environment).to.deep.equal({ COLOR: 'blue' })
    const updated = stages.update(store, made.id, { auto: true, services: ['web', 'db'] })
    expect([updated.auto, updated.services, updated.port]).to.deep.equal([true, ['web', 'db'], 80])
    expect(store.database.prepare('SELECT auto FROM deploy_stages').pluck().get()).to.equal(1)
    stages.remove(store, made.id)
    expect(stages.find(store, made.id)).to.equal(undefined)
  })

  it('creates, reads, updates and deletes a registry', () => {
    const made = registries.create(store, {
      name: 'main',
      url: 'https://r.example.org',
      user: null,
      token: null,
    })
    expect(requireRegistry(store, 'main')).to.deep.equal(made)
    expect(registries.update(store, made.id, { user: 'ann' }).user).to.equal('ann')
    registries.remove(store, made.id)
    expect(registries.all(store)).to.deep.equal([])
  })

  it('reads deploys by id, by parent and newest first, and updates them', () => {
    const [one, two] = [addStage(store, 'one'), addStage(store, 'two')]
    const first = addDeploy(store, one.id, { number: 1 })
    const second = addDeploy(store, one.id, { number: 2 })
    const other = addDeploy(store, two.id, { number: 1 })
    expect(deploys.of(store, one.id)).to.deep.equal([first, second])
    expect(deploys.recent(store, 2)).to.deep.equal([other, second])
    expect(requireDeploy(store, second.id.slice(0, 13))).to.deep.equal(second)
    const response = { status: 500, lines: ['not well'] }
    const updated = deploys.update(store, second.id, { status: 'rolled_back', response })
    expect([updated.status, updated.response, updated.tag]).to.deep.equal(['rolled_back', response, 'v2'])
  })

  it('creates, reads, updates and deletes an instance', () => {
    const stage = addStage(store, 'staging')
    const deploy = addDeploy(store, stage.id, { number: 1 })
    const made = addInstance(store, { stage: stage.id, deploy: deploy.id })
    expect(instances.of(store, stage.id)).to.deep.equal([made])
    expect(instances.update(store, made.id, { status: 'removing', isCurrent: false })).to.include({
      status: 'removing',
      isCurrent: false,
    })
    instances.remove(store, made.id)
    expect(instances.all(store)).to.deep.equal([])
  })

  it('adds log lines, and refuses to change one', () => {
    const deploy = addDeploy(store, addStage(store, 'staging').id, { number: 1 })
    for (const message of ['one', 'two']) logs.create(store, { deploy: deploy.id, level: 'info', message })
    expect(logs.of(store, deploy.id).map(({ message }) => message)).to.deep.equal(['one', 'two'])
    expect(() => store.database.exec("UPDATE deploy_logs SET message = 'else'")).to.throw('append-only')
  })

  it('has settings from the start, and changes them', () => {
    expect(readSettings(store)).to.deep.equal({
      keep: 2,
      drainSeconds: 30,
      healthSeconds: 60,
      watchSeconds: 60,
    })
    expect(updateSettings(store, { keep: 5 })).to.include({ keep: 5, drainSeconds: 30 })
  })

  it('removes all that belongs to a stage with it', () => {
    const stage = addStage(store, 'staging')
    const deploy = addDeploy(store, stage.id, { number: 1 })
    addInstance(store, { stage: stage.id, deploy: deploy.id })
    logs.create(store, { deploy: deploy.id, level: 'info', message: 'one' })
    secrets.create(store, { stage: stage.id, name: 'A', value: 'sealed' })
    stages.remove(store, stage.id)
    const left = [deploys, instances, logs, secrets].map(table => table.all(store).length)
    expect(left).to.deep.equal([0, 0, 0, 0])
  })

  it('has an error for each thing that is not there', () => {
    const codes = [
      () => stages.require(store, 'x'),
      () => requireStage(store, 'x'),
      () => registries.update(store, 'x', { user: 'ann' }),
      () => requireRegistry(store, 'x'),
      () => requireDeploy(store, 'x'),
      () => instances.require(store, 'x'),
    ].map(codeOf)
    expect(codes).to.deep.equal([
      'DEPLOY_STAGE_UNKNOWN',
      'DEPLOY_STAGE_UNKNOWN',
      'DEPLOY_REGISTRY_UNKNOWN',
      'DEPLOY_REGISTRY_UNKNOWN',
      'DEPLOY_UNKNOWN',
      'DEPLOY_INSTANCE_UNKNOWN',
    ])
  })

  it('refuses a status that there is not, and a row without its parent', () => {
    const stage = addStage(store, 'staging')
    expect(() => addDeploy(store, stage.id, { number: 1, status: 'done' as 'success' })).to.throw('CHECK')
    expect(() => addDeploy(store, 'nobody', { number: 1 })).to.throw('FOREIGN KEY')
  })

  it('uses WAL', () => {
    expect(store.database.pragma('journal_mode', { simple: true })).to.equal('wal')
  })
})

function codeOf(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    return error instanceof Error ? error.name : String(error)
  }
  return 'nothing was thrown'
}
