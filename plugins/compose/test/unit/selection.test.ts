import { detailsOf } from '@piko/sdk'
import { parseCatalogue } from '#compose/selection/catalogue.js'
import { readFlags, withAdded } from '#compose/selection/choice.js'
import { decideSelection, type SelectionInput } from '#compose/selection/decide.js'
import { expect } from 'chai'

const on = (required: boolean) => ({ condition: 'service_started', required })
const catalogue = parseCatalogue(
  JSON.stringify({
    services: {
      web: { depends_on: { api: on(true), mail: on(false) }, links: ['api', 'db:database'] },
      api: { depends_on: { db: on(true), cache: on(false) } },
      db: {},
      cache: {},
      mail: { profiles: ['mail'] },
      sidecar: { depends_on: { web: on(true) }, network_mode: 'service:web' },
      tool: { profiles: ['tools', 'debug'], build: { additional_contexts: { base: 'service:base' } } },
      base: { profiles: ['tools'] },
    },
  }),
)

function decide(input: Partial<SelectionInput>) {
  const nothing = { environment: 'one', choice: {}, configured: undefined, profiles: [], targets: [] }
  return decideSelection(catalogue, { ...nothing, ...input })
}

const servicesOf = (input: Partial<SelectionInput>) => decide(input).selection?.services
const errorOf = (work: () => unknown) => {
  try {
    work()
  } catch (error) {
    return detailsOf(error)
  }
  throw new Error('nothing was refused')
}

describe('a selection of services', () => {
  it('has the named services with their dependencies, and optional ones whose profile is enabled', () => {
    expect(servicesOf({ choice: { only: ['api'] } })).to.deep.equal(['api', 'db', 'cache'])
    expect(servicesOf({ choice: { only: ['web'] } })).to.deep.equal(['web', 'api', 'db', 'cache'])
    expect(servicesOf({ choice: { only: ['web'] }, profiles: ['mail'] })).to.include('mail')
    expect(servicesOf({ choice: { only: ['sidecar'] } })).to.include('web')
    expect(servicesOf({ choice: { only: ['tool'] } })).to.deep.equal(['tool', 'base'])
  })

  it('is none without --only, --except and compose.services, whatever the profiles', () => {
    expect(decide({ profiles: ['tools'] }).selection).to.equal(undefined)
  })

  it('uses the services of .piko.yml unless --only is given', () => {
    expect(servicesOf({ configured: ['db'] })).to.deep.equal(['db'])
    expect(servicesOf({ configured: ['db'], choice: { only: ['cache'] } })).to.deep.equal(['cache'])
    expect(servicesOf({ configured: ['api'], choice: { except: ['cache'] } })).to.deep.equal(['api', 'db'])
  })

  it('drops dependencies on excluded services, reports them, and keeps services whose profile is disabled', () => {
    const { selection } = decide({ choice: { except: ['db'] } })
    expect(selection?.services).to.deep.equal(['web', 'api', 'cache', 'sidecar'])
    expect(selection?.dropped).to.deep.equal([{ service: 'api', on: 'db' }])
    expect(selection?.layer).to.deep.include({
      services: {
        web: { depends_on: { mail: reset }, links: { $tag: '!override', $value: ['api'] } },
        api: { depends_on: { db: reset } },
        db: reset,
      },
    })
  })

  it('lets a selected service run whatever its profiles', () => {
    const { services } = decide({ choice: { only: ['mail'] } }).selection?.layer ?? {}
    expect(services).to.have.property('mail').that.deep.equals({ profiles: reset })
  })

  it('refuses to exclude what another service cannot be created without', () => {
    const error = errorOf(() => decide({ choice: { except: ['web'] } }))
    expect(error?.code).to.equal('COMPOSE_SERVICE_NEEDED')
    expect(error?.message).to.contain('sidecar').and.contain('network_mode: service:web')
    expect(error?.hints?.join()).to.contain('piko create one --except web,sidecar')
    expect(servicesOf({ choice: { except: ['web', 'sidecar'] } })).to.deep.equal(['api', 'db', 'cache'])
  })

  it('suggests the nearest name for an unknown service, profile or configured service', () => {
    for (const choice of [{ only: ['webb'] }, { except: ['webb'] }]) {
      const error = errorOf(() => decide({ choice }))
      expect(error).to.deep.include({ code: 'COMPOSE_SERVICE_UNKNOWN', kind: 'usage' })
      expect(error?.message).to.contain('webb').and.contain('the nearest is web')
    }
    const profile = errorOf(() => decide({ choice: { profiles: ['tool'] } }))
    expect(profile).to.deep.include({ code: 'COMPOSE_PROFILE_UNKNOWN', kind: 'usage' })
    expect(profile?.message).to.contain('the nearest is tools')
    const configured = errorOf(() => decide({ configured: ['apy'] }))
    expect(configured?.code).to.equal('COMPOSE_SELECTION_UNKNOWN')
    expect(configured?.message).to.contain('.piko.yml names apy').and.contain('the nearest is api')
  })

  it('refuses an empty selection', () => {
    const error = errorOf(() => decide({ choice: { only: ['db'], except: ['db'] } }))
    expect(error?.code).to.equal('COMPOSE_SELECTION_EMPTY')
  })

  it('adds what `up` names, remembers it, and lifts an exclusion', () => {
    const added = decide({ choice: { only: ['db'] }, targets: ['cache'] })
    expect(added.selection?.services).to.deep.equal(['db', 'cache'])
    expect(added.choice).to.deep.equal({ only: ['db'], added: ['cache'] })
    const again = decide({ choice: { except: ['db', 'cache'] }, targets: ['db'] })
    expect(again.selection?.services).to.deep.equal(['web', 'api', 'db', 'sidecar'])
    expect(again.selection?.dropped).to.deep.equal([])
    expect(decide({ choice: { only: ['db'] }, targets: ['db'] }).choice).to.deep.equal({ only: ['db'] })
    expect(withAdded({ added: ['db'] }, ['db'])).to.deep.equal({ added: ['db'] })
  })
})

describe('the flags of a selection', () => {
  it('split names at commas, and may be repeated', () => {
    expect(readFlags({ only: ['web, db', 'cache'], profile: ['a'] })).to.deep.equal({
      only: ['web', 'db', 'cache'],
      profiles: ['a'],
    })
    expect(readFlags({ build: true })).to.equal(undefined)
  })

  it('conflict if both name a service', () => {
    const error = errorOf(() => readFlags({ only: ['web', 'db'], except: ['db'] }))
    expect(error).to.deep.include({ code: 'COMPOSE_SELECTION_CONFLICT', kind: 'usage' })
    expect(error?.message).to.contain('db')
  })
})

const reset = { $tag: '!reset', $value: null }
