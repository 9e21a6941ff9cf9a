import { expect } from 'chai'
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Files } from '#test/sandbox/repository.js'
import { docker } from '#test/support/engine.js'
import { useProject } from '#test/support/suite-project.js'
import { adminPassword } from '../support/admin.js'

const files: Files = {
  'compose.yaml': `
services:
  app:
    image: redis:7
    command: sleep 100000
    init: true
    stop_grace_period: 0.1s
    environment: { QUEUE: '\${PIKO_QUEUE_INTERNAL_URL:-}' }
    depends_on: [queue, db]
  queue:
    image: redis:7
    command: redis-server --requirepass 'p w'
    environment: { REDIS_PASSWORD: 'p w' }
    ports: ['6379:6379']
    stop_grace_period: 0.1s
    healthcheck: { test: redis-cli ping, interval: 30s, start_period: 60s, start_interval: 1s, retries: 3 }
  db:
    image: postgres:16
    stop_signal: SIGINT
    environment: { POSTGRES_USER: shop, POSTGRES_PASSWORD: 's e/cret' }
    ports: ['5432:5432']
    volumes: ['dbdata:/var/lib/postgresql/data']
    healthcheck: { test: pg_isready -h 127.0.0.1 -U shop, interval: 30s, start_period: 60s, start_interval: 1s, retries: 3 }
volumes: { dbdata: {} }
`,
}

const sharing = `shared:
  services:
    db: { per_environment: database, template: shop }
    queue: { per_environment: database, template: '0' }
`

type Variables = Readonly<Record<string, string>>

describe('shared: a separate database inside a shared server', function () {
  const project = useProject(files, async made => {
    await made.commit({ '.piko.yml': readFileSync(join(made.root, '.piko.yml'), 'utf8') + sharing })
    await made.pikoWell('share', 'db', 'queue')
  })
  const shared = (service: string) => `piko-${project().mark}-shared-${service}-1`
  const variables = (name: string) => project().json<Variables>('env', name)
  const sql = (database: string, text: string) =>
    docker('exec', shared('db'), 'psql', '-U', 'shop', '-d', database, '-Atc', text)
  const databases = () =>
    sql('postgres', "SELECT datname FROM pg_database WHERE datname ~ '_' ORDER BY 1").split('\n')
  const queue = (...words: readonly string[]) => {
    const login = ['--user', 'piko', '--pass', adminPassword(project().root, 'queue')]
    return docker('exec', shared('queue'), 'redis-cli', '--no-auth-warning', ...login, ...words)
  }
  const backups = () => readdirSync(join(project().root, '.piko/backups'))

  it('is created as a copy of the template, with URLs for inside and outside', async () => {
    sql('shop', 'CREATE TABLE items AS SELECT generate_series(1, 1000) AS id')
    docker(
      'exec',
      '-e',
      'REDISCLI_AUTH=p w',
      shared('queue'),
      'redis-cli',
      'SET',
      'greeting',
      'from the template',
    )
    const output = await project().pikoWell('create', 'feature-auth')
    expect(output).to.contain('✓ Made database feature_auth in the shared db, index 1 of the shared queue\n')
    const known = await variables('feature-auth')
    const [sqlPassword, queuePassword] = [known['PIKO_DB_PASSWORD'], known['PIKO_QUEUE_PASSWORD']]
    expect([sqlPassword, queuePassword].every(one => /^[\w-]{32}$/.test(one ?? ''))).to.equal(true)
    expect(known).to.include({
      PIKO_DB_DATABASE: 'feature_auth',
      PIKO_DB_USER: 'piko_feature_auth',
      PIKO_DB_URL: `postgres://piko_feature_auth:${sqlPassword}@127.0.0.1:${known['PIKO_DB_PORT']}/feature_auth`,
      PIKO_DB_INTERNAL_URL: `postgres://piko_feature_auth:${sqlPassword}@db:5432/feature_auth`,
      PIKO_QUEUE_USER: 'piko-feature-auth',
      PIKO_QUEUE_URL: `redis://piko-feature-auth:${queuePassword}@127.0.0.1:${known['PIKO_QUEUE_PORT']}/1`,
      PIKO_QUEUE_INTERNAL_URL: `redis://piko-feature-auth:${queuePassword}@queue:6379/1`,
    })
    const inside = (known['PIKO_DB_INTERNAL_URL'] ?? '').replace('@db:', '@127.0.0.1:')
    expect(docker('exec', shared('db'), 'psql', inside, '-Atc', 'SELECT count(*) FROM items')).to.equal(
      '1000',
    )
    expect(ask('feature-auth', 'GET greeting')).to.deep.equal(['20 from the template'])
  })

  it('is separate for each environment: three on one Redis and one Postgres, 20 of 20 requests each', async () => {
    for (const name of ['aa', 'zz']) await project().pikoWell('create', name)
    const names = ['feature-auth', 'aa', 'zz']
    for (const name of names) ask(name, `SET who ${name}`)
    for (const name of names) expect(ask(name, 'GET who'), name).to.deep.equal([`20 ${name}`])
    sql('aa', 'DELETE FROM items')
    expect(sql('zz', 'SELECT count(*) FROM items')).to.equal('1000')
  })

  it('is not taken over if it already exists', async () => {
    sql('postgres', 'CREATE DATABASE their_own')
    const { exitCode, stderr } = await project().piko('create', 'their-own', '--rollback')
    expect([exitCode, stderr.includes('SHARED_DATABASE_FOREIGN')]).to.deep.equal([5, true])
    expect(databases()).to.include('their_own')
    queue('-n', '4', 'SET', 'not', 'piko')
    const second = await project().piko('create', 'fourth', '--rollback')
    expect([second.exitCode, second.stderr.includes('SHARED_DATABASE_FOREIGN')]).to.deep.equal([5, true])
    expect(databases(), 'what the failed create had made').not.to.include('fourth')
    expect(queue('-n', '4', 'GET', 'not')).to.equal('piko')
  })

  it('is dropped or kept by `destroy` as requested', async () => {
    const { exitCode, stderr } = await project().piko('destroy', 'aa')
    expect(exitCode).to.equal(5)
    expect(stderr).to.contain('  database aa in the shared db\n  index 2 of the shared queue\n')
    await project().pikoWell('destroy', 'aa', '--yes', '--keep-volumes')
    expect(sql('aa', 'SELECT count(*) FROM items')).to.equal('0')
    await project().pikoWell('create', 'aa')
    expect(sql('aa', 'SELECT count(*) FROM items'), 'found again').to.equal('0')
    expect(ask('aa', 'GET who')).to.deep.equal(['20 aa'])
    await project().pikoWell('destroy', 'aa', '--yes')
    expect(databases()).not.to.include('aa')
    expect(queue('-n', '2', 'DBSIZE')).to.equal('0')
  })

  it('is backed up before it is dropped, even if the server was stopped', async () => {
    await project().pikoWell('down', '--shared', '--yes')
    await project().pikoWell('destroy', 'feature-auth', '--yes', '--backup')
    expect(backups().map(name => name.replace(/-\d{4}-.*\./, '.'))).to.deep.equal([
      'feature-auth-db.dump',
      'feature-auth-queue.rdb',
    ])
    expect(docker('ps', '-aq', '--filter', `name=^${shared('db')}$`), 'stopped as it was').to.equal('')
    await project().pikoWell('up', 'zz')
    expect(databases()).not.to.include('feature_auth')
    const [dump = ''] = backups()
    sql('postgres', 'CREATE DATABASE restored_one')
    docker('cp', join(project().root, '.piko/backups', dump), `${shared('db')}:/tmp/back.dump`)
    docker(
      'exec',
      shared('db'),
      'pg_restore',
      '--no-owner',
      '-U',
      'shop',
      '-d',
      'restored_one',
      '/tmp/back.dump',
    )
    expect(sql('restored_one', 'SELECT count(*) FROM items')).to.equal('1000')
  })

  /** The replies of the environment's own index to 20 requests from its app, by its URL. */
  function ask(name: string, words: string): readonly string[] {
    const app = `piko-${project().mark}-${name}-app-1`
    const script = `for n in $(seq 20); do redis-cli --no-auth-warning -u "$QUEUE" ${words}; done | sort | uniq -c`
    const { stdout } = spawnSync('docker', ['exec', app, 'sh', '-c', script], { encoding: 'utf8' })
    return stdout
      .trim()
      .split('\n')
      .map(line => line.trim())
  }
})
