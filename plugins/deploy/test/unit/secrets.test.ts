import { expect } from 'chai'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { readSecrets, readToken, rotate, sealToken, setSecret } from '#deploy/secrets/keep.js'
import { redactor } from '#deploy/secrets/redact.js'
import { registries } from '#deploy/store/registries.js'
import { secrets } from '#deploy/store/secrets.js'
import type { Stage } from '#deploy/store/stages.js'
import { temporaryFolder } from '#test/support/temp.js'
import { addStage } from '../support/rows.js'
import { openStore, type TestStore } from '../support/tables.js'

describe('deploy: secrets', () => {
  let store: TestStore
  let stage: Stage
  let keys: string
  const before = { ...process.env }
  beforeEach(function () {
    const state = temporaryFolder(this)
    process.env['XDG_STATE_HOME'] = state
    keys = join(state, 'piko/keys')
    store = openStore(this)
    stage = addStage(store, 'staging')
    setSecret(store, { stage, name: 'DATABASE_URL', value: 'postgres://canary' })
  })
  afterEach(() => {
    for (const name of ['XDG_STATE_HOME', 'PIKO_SECRETS_KEY', 'PIKO_SECRETS_NEXT_KEY'])
      if (before[name] === undefined) delete process.env[name]
      else process.env[name] = before[name]
  })

  const keyFile = () => join(keys, readdirSync(keys)[0] ?? '')
  const sealed = () => secrets.all(store)[0]?.value ?? ''

  it('are sealed at rest, with a key that only the user can read', () => {
    expect(sealed())
      .to.match(/^1\.[0-9a-f]{16}\./)
      .and.not.contain('canary')
    expect(statSync(keyFile()).mode & 0o777).to.equal(0o600)
    expect(readSecrets(store, stage)).to.deep.equal({ DATABASE_URL: 'postgres://canary' })
  })

  it('are sealed with a new key by a rotation, which removes the old one', () => {
    const token = sealToken(store, { name: 'main', token: 'canary-token' })
    const registry = registries.create(store, {
      name: 'main',
      url: 'https://r.example.org',
      user: 'ann',
      token,
    })
    const [old, text] = [keyFile(), sealed()]
    expect(rotate(store)).to.equal(2)
    expect(readdirSync(keys)).to.have.length(1)
    expect([keyFile() === old, sealed() === text]).to.deep.equal([false, false])
    expect(readSecrets(store, stage)).to.deep.equal({ DATABASE_URL: 'postgres://canary' })
    expect(readToken(store, registries.require(store, registry.id))).to.equal('canary-token')
  })

  it('cannot be read with another key, or if they were changed', () => {
    secrets.update(store, secrets.all(store)[0]?.id ?? '', { value: `${sealed().slice(0, -2)}AA` })
    expect(() => readSecrets(store, stage)).to.throw('cannot be decrypted')
    process.env['PIKO_SECRETS_KEY'] = Buffer.alloc(32, 7).toString('base64')
    expect(() => readSecrets(store, stage)).to.throw('encrypted with another key')
  })

  it('cannot take the place of one another', () => {
    setSecret(store, { stage, name: 'OTHER', value: 'harmless' })
    const [first, other] = secrets.all(store)
    secrets.update(store, other?.id ?? '', { value: first?.value ?? '' })
    expect(() => readSecrets(store, stage)).to.throw('The stored secret OTHER')
  })

  it('use a key from a variable, and rotate to the next one', function () {
    const other = openStore(this)
    const demo = addStage(other, 'demo')
    process.env['PIKO_SECRETS_KEY'] = Buffer.alloc(32, 1).toString('base64')
    setSecret(other, { stage: demo, name: 'A', value: 'first' })
    expect(() => rotate(other)).to.throw('so piko cannot replace it')
    process.env['PIKO_SECRETS_NEXT_KEY'] = Buffer.alloc(32, 2).toString('base64')
    expect(rotate(other)).to.equal(1)
    process.env['PIKO_SECRETS_KEY'] = process.env['PIKO_SECRETS_NEXT_KEY']
    expect(readSecrets(other, demo)).to.deep.equal({ A: 'first' })
    process.env['PIKO_SECRETS_KEY'] = 'short'
    expect(() => readSecrets(other, demo)).to.throw('32 bytes in base64')
  })

  it('are removed from texts of others, the longest first', () => {
    const redact = redactor(['canary', 'canary-and-more', 'ab'])
    expect(redact('got canary-and-more, canary and ab')).to.equal('got ***, *** and ab')
  })
})
