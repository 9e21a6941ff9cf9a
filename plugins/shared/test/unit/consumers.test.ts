import { expect } from 'chai'
import type { Model } from '@piko/plugin-compose/contract'
import { findCommonUses, refersToDatabase } from '#shared/databases/consumers.js'
import { commonDataWarning } from '#shared/databases/data-common.js'

const service = (more: object = {}) => ({ active: true, dependsOn: {}, links: [], ...more })

/** The services detected as using a shared `redis`. */
function users(specs: Readonly<Record<string, object>>, spec: Readonly<Record<string, object>> = {}) {
  const names = Object.keys(specs)
  const services = Object.fromEntries(
    names.map(name => [name, service(spec[name])]),
  ) as unknown as Model['services']
  const texts = Object.fromEntries(Object.entries(specs).map(([name, text]) => [name, JSON.stringify(text)]))
  return findCommonUses({
    server: 'redis',
    model: { services },
    texts,
    shared: ['mail'],
    isOwn: text => text.includes('own'),
  })
}

describe('a service that uses a shared server without a separate database', () => {
  it('is detected by a variable, a command, `depends_on` or `links`', () => {
    const url = { environment: { QUEUE: 'redis://redis:6379/0', OTHER: '1' } }
    const found = users(
      {
        url,
        host: { environment: { REDIS_HOST: 'redis' } },
        command: { command: ['serve', '--redis=redis:6379'] },
        leans: {},
        linked: {},
      },
      { leans: { dependsOn: { redis: {} } }, linked: { links: ['redis:cache'] } },
    )
    expect(found).to.deep.equal([
      { service: 'url', variable: { name: 'QUEUE', value: 'redis://redis:6379/0' } },
      { service: 'host', variable: { name: 'REDIS_HOST', value: 'redis' } },
      { service: 'command' },
      { service: 'leans' },
      { service: 'linked' },
    ])
  })

  it('is not one that has its own database, is shared itself, or only looks similar', () => {
    const specs = {
      own: { environment: { QUEUE: 'redis://redis:6379/own' } },
      mail: { environment: { QUEUE: 'redis://redis:6379' } },
      image: { image: 'redis:7' },
      volume: { volumes: [{ source: 'redis-data' }] },
      other: { environment: { QUEUE: 'redis://redis-2:6379', B: 'redis.example:6379' } },
    }
    expect(users(specs)).to.deep.equal([])
  })

  it('is recognized by the index or the database that it uses', () => {
    const at = (environment: object) =>
      refersToDatabase(JSON.stringify({ environment }), { server: 'redis', name: '1' })
    expect(at({ A: 'redis://redis:6379/1' })).to.equal(true)
    expect(at({ REDIS_DB: '1' })).to.equal(true)
    expect(at({ A: 'redis://redis:6379/12', DEBUG: '1' })).to.equal(false)
  })

  it('gets the lines that separate environments, without a password', () => {
    const uses = [
      { service: 'api', variable: { name: 'DATABASE_URL', value: 'postgres://shop:secret@db:5432/shop' } },
    ]
    const { message, hints } = commonDataWarning({ server: 'db', kind: 'postgres', uses, isSeparate: false })
    expect(message).to.equal(
      'api shares the rows of db with all environments: what one writes, another reads',
    )
    expect(hints).to.deep.equal([
      'To give each environment its own database, set `shared: { services: { db: { per_environment: database } } }` in .piko.yml',
      'To have api use it, write `DATABASE_URL: ${PIKO_DB_INTERNAL_URL:-postgres://shop:***@db:5432/shop}` under its `environment:` in the Compose file',
    ])
  })
})
