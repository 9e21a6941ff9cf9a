import { expect } from 'chai'
import type { Model, Service } from '@piko/plugin-compose/contract'
import { type CaddyConfig, config } from '#caddy/config.js'
import { chooseServices } from '#caddy/routes/choose.js'
import { claimHosts } from '#caddy/routes/claim.js'
import { findUrl } from '#caddy/routes/find-url.js'
import { rangesOf } from '#caddy/proxy/ranges.js'
import { names } from '#caddy/steps/names.js'
import { detailsOf, type Environment, type StepContext } from '@piko/sdk'

interface Spec {
  readonly ports?: readonly number[]
  readonly labels?: Readonly<Record<string, string>>
  readonly active?: boolean
}

function modelOf(services: Readonly<Record<string, Spec>>): Model {
  const all = Object.entries(services).map(([name, { ports = [], labels = {}, active = true }]) => {
    const of = ports.map(target => ({ target, protocol: 'tcp', leasedAs: name }))
    return [name, { active, labels, ports: of } as unknown as Service] as const // the part that `chooseServices` reads
  })
  return { services: Object.fromEntries(all) } as unknown as Model
}

const choose = (services: Readonly<Record<string, Spec>>, section: object = {}) =>
  chooseServices(modelOf(services), config.schema.parse(section)).map(
    ({ service, port, health }) => `${service}:${port}${health ?? ''}`,
  )

describe('caddy: which services have host names', () => {
  const shop = { db: { ports: [5432] }, api: { ports: [3000] }, web: { ports: [80] }, mail: { ports: [25] } }

  it('are those that look like web services, likeliest first', () => {
    expect(choose(shop)).to.deep.equal(['web:80', 'api:3000'])
    expect(choose({ db: { ports: [5432] }, worker: {} })).to.deep.equal([])
    expect(choose({ one: { ports: [9999, 8080] } })).to.deep.equal(['one:8080'])
    expect(choose({ web: { ports: [80], active: false } })).to.deep.equal([])
  })

  it('are only the labelled ones if there are labels', () => {
    const labels = { caddy: 'x.example', 'caddy.reverse_proxy': '{{upstreams 9000}}' }
    expect(choose({ ...shop, admin: { ports: [1], labels } })).to.deep.equal(['admin:9000'])
    const own = { 'caddy.port': '7000', 'caddy.health': '/up' }
    expect(choose({ ...shop, admin: { labels: own } })).to.deep.equal(['admin:7000/up'])
  })

  it('are only those in .piko.yml, in its order, if it has any', () => {
    const services = { mail: { port: 8025 }, web: { health: '/health' } }
    expect(choose(shop, { services })).to.deep.equal(['mail:8025', 'web:80/health'])
    expect(choose(shop, { services: { db: {} } })).to.deep.equal(['db:5432'])
  })

  it('exclude services that another plugin removed from the environment', async () => {
    const facts = new Map<string, unknown>([['compose.model', modelOf(shop)]])
    const published: unknown[] = []
    const context = {
      config: config.schema.parse({}),
      project: { name: 'shop', root: '/shop', id: 'shop', formerRoots: [] },
      environment: { name: 'feature' },
      fact: ({ id }: { readonly id: string }, of?: object) => (of ? { http: 80, https: 443 } : facts.get(id)),
      collect: () => [{ plugin: 'shared', value: { services: { web: { $tag: '!reset', $value: null } } } }],
      claimName: (_: string, wanted: string) => wanted,
      publish: (_: unknown, value: unknown) => published.push(value),
    } as unknown as StepContext<CaddyConfig> // the part that the step uses
    const { services } = await names.do(context, undefined)
    expect(services.map(({ service }) => service)).to.deep.equal(['api'])
    expect(published).to.deep.equal([{ host: 'feature.localhost', services }])
  })

  const codeOf = (work: () => unknown) => {
    try {
      work()
    } catch (error) {
      return detailsOf(error)?.code
    }
    return undefined
  }

  it('refuses unknown services, unclear ports and services that are left out', () => {
    expect(codeOf(() => choose(shop, { services: { wbe: {} } }))).to.equal('CADDY_SERVICE_UNKNOWN')
    const two = { odd: { ports: [1, 2] } }
    expect(codeOf(() => choose(two, { services: { odd: {} } }))).to.equal('CADDY_PORT_UNCLEAR')
    const off = { web: { ports: [80], active: false } }
    expect(codeOf(() => choose(off, { services: { web: {} } }))).to.equal('CADDY_SERVICE_UNREACHABLE')
  })
})

describe('caddy: host names', () => {
  const claim = (taken: readonly string[]) =>
    claimHosts(
      {
        project: { name: 'shop', root: '/shop', id: 'shop', formerRoots: [] },
        environment: { name: 'feature' } as Environment,
        config: { domain: 'localhost' },
        claimName: (_, wanted) => (taken.includes(wanted) ? `${wanted}-abc` : wanted),
      },
      [{ service: 'my_web', port: 80, because: '' }],
    )

  it('are short, and longer if another project has the short one', () => {
    expect(claim([])).to.deep.include({ host: 'feature.localhost' })
    expect(claim([]).services[0]?.host).to.equal('my-web.feature.localhost')
    expect(claim(['feature.localhost']).host).to.equal('feature.shop.localhost')
    expect(claim(['feature.localhost', 'feature.shop.localhost']).host).to.equal('feature--shop.localhost')
    expect(claim(['my-web.feature.localhost']).services[0]?.host).to.equal('my-web--feature.localhost')
  })

  it('fall back to ports if there are none', () => {
    const variables = { PIKO_URL: 'http://feature.localhost', PIKO_WEB_URL: 'http://feature.localhost' }
    const ports = { 'db:5432/tcp': 10132, 'web:80/tcp': 10180, 'admin:9999/tcp': 10199 }
    const environment = { name: 'feature', variables, ports } as unknown as Environment
    expect(findUrl(environment, undefined)).to.equal('http://feature.localhost')
    expect(findUrl(environment, 'admin')).to.equal('http://localhost:10199')
    expect(findUrl({ ...environment, variables: {} }, undefined)).to.equal('http://localhost:10180')
    const bare = { ...environment, variables: {}, ports: { 'db:5432/tcp': 10132 } }
    expect(findUrl(bare, undefined)).to.equal(undefined)
  })

  it('are served to addresses of their own subnets', () => {
    expect(rangesOf(['10.210.0.64/26', 'fd00::/64'])).to.deep.equal([[181534784, 181534847]])
  })
})
