import { expect } from 'chai'
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { docker, dockerLines } from '#test/support/engine.js'
import { until } from '#test/support/until.js'
import { useProject } from '#test/support/suite-project.js'
import { adminPassword } from '../support/admin.js'
import { loginFiles } from '../support/logins.js'

const sharing = `shared:
  services:
    db: { per_environment: database, template: shop }
    queue: { per_environment: database }
`

type Variables = Readonly<Record<string, string>>

describe('shared: the login of an environment', function () {
  const project = useProject(loginFiles, async made => {
    await made.commit({ '.piko.yml': readFileSync(join(made.root, '.piko.yml'), 'utf8') + sharing })
    await made.pikoWell('share', 'db', 'queue')
  })
  const shared = (service: string) => `piko-${project().mark}-shared-${service}-1`
  const variables = (name: string) => project().json<Variables>('env', name)
  const sql = (database: string, text: string) =>
    docker('exec', shared('db'), 'psql', '-U', 'shop', '-d', database, '-Atc', text)

  /** What a program in the environment's network prints, and `failed` if it fails. */
  const inside = (name: string, image: string, ...words: readonly string[]) => {
    const network = ['--network', `piko-${project().mark}-${name}`]
    const script = '"$@" 2>&1 || echo failed'
    return docker('run', '--rm', ...network, '--entrypoint', 'sh', image, '-c', script, 'sh', ...words)
  }
  const sqlIn = (name: string, url: string, text: string) =>
    inside(name, 'postgres:16', 'psql', url, '-v', 'ON_ERROR_STOP=1', '-Atc', text)
  const redisIn = (name: string, url: string, ...words: readonly string[]) =>
    inside(name, 'redis:7', 'redis-cli', '-e', '--no-auth-warning', '-u', url, ...words)
  const urls = async (name: string) => {
    const { PIKO_DB_INTERNAL_URL: db = '', PIKO_QUEUE_INTERNAL_URL: queue = '' } = await variables(name)
    return { db, queue }
  }

  it('owns its database and everything copied into it', async () => {
    sql('shop', 'CREATE TABLE items AS SELECT 1 AS id; CREATE VIEW seen AS SELECT * FROM items')
    for (const name of ['aa', 'zz']) await project().pikoWell('create', name)
    const { db } = await urls('aa')
    const text =
      'ALTER TABLE items ADD name text; DROP VIEW seen; CREATE TABLE more (id int); CREATE SCHEMA s; SELECT count(*) FROM items'
    expect(sqlIn('aa', db, text))
      .to.contain('1')
      .and.not.to.contain('failed')
    expect(sql('aa', 'SELECT rolsuper FROM pg_roles WHERE rolname = current_user')).to.equal('t')
    expect(sql('aa', "SELECT rolsuper FROM pg_roles WHERE rolname = 'piko_aa'")).to.equal('f')
  })

  it('reaches no other database of the Postgres, and has no power over the server', async () => {
    const { db } = await urls('aa')
    for (const other of ['zz', 'shop', 'postgres', 'template1'])
      expect(sqlIn('aa', db.replace(/aa$/, other), 'SELECT 1'), other).to.contain('permission denied')
    const attacks = [
      'DROP DATABASE zz',
      'ALTER DATABASE zz RENAME TO mine',
      "COPY (SELECT 1) TO PROGRAM 'id'",
      "SELECT pg_read_file('/etc/passwd')",
      'CREATE ROLE more SUPERUSER',
      'CREATE DATABASE more',
      'ALTER ROLE piko_aa SUPERUSER',
      'SET ROLE shop',
      'SET ROLE piko_zz',
      'GRANT piko_zz TO piko_aa',
      "ALTER SYSTEM SET port = '1'",
      'SELECT rolpassword FROM pg_authid',
    ]
    for (const attack of attacks)
      expect(sqlIn('aa', db, attack), attack).to.match(/permission denied|must|failed/)
    expect(sql('zz', 'SELECT count(*) FROM items')).to.equal('1')
  })

  it("is the only one: the passwords in the Compose file are the server's own, and refused", async () => {
    for (const database of ['zz', 'shop', 'postgres'])
      expect(sqlIn('aa', `postgres://shop:secret@db:5432/${database}`, 'SELECT 1')).to.contain('failed')
    expect(sqlIn('aa', 'postgres://piko_zz@db:5432/zz', 'SELECT 1')).to.contain('failed')
  })

  it('selects no other index of the Redis, and has no power over the server', async () => {
    const [aa, zz] = [await urls('aa'), await urls('zz')]
    expect(redisIn('zz', zz.queue, 'SET', 'who', 'zz')).to.equal('OK')
    const attacks = [
      'SELECT 2',
      'FLUSHALL',
      'CONFIG GET dir',
      'CONFIG SET dir /tmp',
      'ACL SETUSER piko-aa +@all',
      'ACL LIST',
      'SWAPDB 1 2',
      'COPY who who DB 2',
      'MOVE who 2',
      'FUNCTION FLUSH',
      'SCRIPT FLUSH',
      'SHUTDOWN NOSAVE',
      'REPLICAOF 127.0.0.1 1',
      'MIGRATE 127.0.0.1 6379 who 2 1000',
      'CLIENT KILL ID 1',
    ]
    for (const attack of attacks)
      expect(redisIn('aa', aa.queue, ...attack.split(' ')), attack).to.match(/NOPERM[^]*failed/)
    const script = "redis.call('SELECT', 2); return redis.call('GET', 'who')"
    expect(redisIn('aa', aa.queue, 'EVAL', script, '0'))
      .to.match(/ERR|NOPERM/)
      .and.to.contain('failed')
    const asTheServer = (...words: readonly string[]) =>
      inside('aa', 'redis:7', 'redis-cli', '-e', '-h', 'queue', ...words)
    for (const attack of ['SELECT 2', 'FLUSHALL', 'CONFIG GET dir', 'ACL LIST', 'SWAPDB 0 2'])
      expect(asTheServer(...attack.split(' ')), attack).to.match(/NOPERM[^]*failed/)
    expect(redisIn('zz', zz.queue, 'GET', 'who')).to.equal('zz')
  })

  it('can do in its index of the Redis what applications do', async () => {
    const { queue } = await urls('aa')
    const commands = [
      'SET a 1',
      'KEYS *',
      'INFO server',
      'SORT nothing',
      'DBSIZE',
      'CLIENT SETNAME x',
      'PUBLISH c m',
    ]
    for (const command of [...commands, 'FLUSHDB'])
      expect(redisIn('aa', queue, ...command.split(' ')), command).not.to.contain('failed')
    expect(redisIn('aa', queue, 'EVAL', "return redis.call('SET', 'b', 1)", '0')).to.equal('OK')
  })

  it('appears in no argument of a program and in no log', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'piko-arguments-'))
    const real = execFileSync('sh', ['-c', 'command -v docker'], { encoding: 'utf8' }).trim()
    const recorded = join(folder, 'recorded')
    writeFileSync(
      join(folder, 'docker'),
      `#!/bin/sh\nprintf '%s\\n' "$@" >>'${recorded}'\nexec ${real} "$@"\n`,
    )
    chmodSync(join(folder, 'docker'), 0o755)
    try {
      const beside = project().at(project().root, { PATH: `${folder}:${process.env['PATH'] ?? ''}` })
      await beside.pikoWell('create', 'bb')
      const known = Object.entries(await variables('bb'))
      const passwords = known.flatMap(([name, value]) => (name.endsWith('_PASSWORD') ? [value] : []))
      expect(passwords).to.have.length(2)
      await beside.pikoWell('destroy', 'bb', '--yes', '--backup')
      const texts = [readFileSync(recorded, 'utf8'), ...logs()]
      expect(texts[0]).to.contain('psql').and.to.contain('redis-cli')
      const all = [...passwords, adminPassword(project().root, 'queue')]
      for (const password of all) expect(texts.filter(text => text.includes(password))).to.deep.equal([])
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('is still there, and still the limit, when the server was restarted without piko', async () => {
    const { queue } = await urls('zz')
    docker('restart', '-t', '1', shared('queue'))
    await until('the server', () => redisIn('zz', queue, 'PING') === 'PONG')
    expect(redisIn('zz', queue, 'SET', 'after', 'restart')).to.equal('OK')
    expect(redisIn('zz', queue, 'SELECT', '1')).to.match(/NOPERM[^]*failed/)
    expect(inside('zz', 'redis:7', 'redis-cli', '-e', '-h', 'queue', 'FLUSHALL')).to.match(/NOPERM[^]*failed/)
    expect(docker('exec', shared('queue'), 'cat', '/etc/piko-users.acl')).to.match(/user piko-zz on .*#/)
  })

  it('leaves no anonymous volume when the server is stopped', async () => {
    const volumes = docker('inspect', '-f', '{{range .Mounts}}{{.Name}} {{end}}', shared('queue')).split(' ')
    expect(
      volumes.filter(name => /^[0-9a-f]{64}$/.test(name)),
      'a control',
    ).to.have.length(1)
    await project().pikoWell('down', '--shared', '--yes')
    expect(dockerLines('volume', 'ls', '-q').filter(name => volumes.includes(name))).to.deep.equal([])
    const kept = dockerLines('volume', 'ls', '-q').filter(name =>
      name.startsWith(`piko-${project().mark}-shared`),
    )
    expect(kept.join()).to.contain('dbdata')
  })

  function logs(): readonly string[] {
    const folder = join(project().root, '.piko/logs')
    return readdirSync(folder).map(name => readFileSync(join(folder, name), 'utf8'))
  }
})
