import { expect } from 'chai'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { docker } from '#test/support/engine.js'
import type { ScratchProject } from '#test/support/scratch-project.js'
import { useProject } from '#test/support/suite-project.js'
import { loginFiles } from '../support/logins.js'

type Variables = Readonly<Record<string, string>>

describe('shared: an environment that logs in as the superuser', function () {
  const project = useProject(loginFiles, made => setSharing(made, 'server'))
  const shared = () => `piko-${project().mark}-shared-db-1`
  const inApp = (name: string, url: string) => {
    const network = ['--network', `piko-${project().mark}-${name}`, '--entrypoint', 'sh', 'postgres:16']
    return docker('run', '--rm', ...network, '-c', 'psql "$1" -Atc "SELECT 1" 2>&1 || true', 'sh', url)
  }

  it('is possible, and `share` and `create` say what follows', async () => {
    const { stdout, stderr } = await project().piko('share', 'db', 'queue')
    expect(stdout + stderr).to.contain('Every environment logs in to db as its superuser')
    const created = await project().piko('create', 'old')
    expect(created.stdout + created.stderr).to.contain('Every environment logs in to db as its superuser')
    const known = await project().json<Variables>('env', 'old')
    expect(known['PIKO_DB_INTERNAL_URL']).to.equal('postgres://shop:secret@db:5432/old')
    expect(known['PIKO_QUEUE_INTERNAL_URL']).to.equal('redis://queue:6379/1')
    expect(inApp('old', 'postgres://shop:secret@db:5432/old')).to.equal('1')
  })

  // What an earlier version made looks the same.
  it('goes on working when others have logins, until it is destroyed', async () => {
    await setSharing(project(), 'own')
    const { stdout, stderr } = await project().piko('create', 'new')
    expect(stdout + stderr).to.contain('old logs in to db as its superuser, as in earlier versions of piko')
    const known = await project().json<Variables>('env', 'new')
    expect(known['PIKO_DB_USER']).to.equal('piko_new')
    expect(inApp('new', known['PIKO_DB_INTERNAL_URL'] ?? '')).to.equal('1')
    expect(inApp('old', 'postgres://shop:secret@db:5432/old')).to.equal('1')
    await project().pikoWell('up', 'old')
    expect(inApp('old', 'postgres://shop:secret@db:5432/old')).to.equal('1')
    await project().pikoWell('destroy', 'old', '--yes')
    await project().pikoWell('up', 'new')
    expect(inApp('new', 'postgres://shop:secret@db:5432/shop')).to.contain('password authentication failed')
    expect(inApp('new', known['PIKO_DB_INTERNAL_URL'] ?? '')).to.equal('1')
  })

  it('can log in again once the project says so', async () => {
    await setSharing(project(), 'server')
    await project().pikoWell('share', 'db')
    expect(inApp('new', 'postgres://shop:secret@db:5432/shop')).to.equal('1')
  })

  it('is refused, with the line to write, if a service names it', async () => {
    await setSharing(project(), 'own')
    await project().commit({
      'compose.yaml':
        loginFiles['compose.yaml']?.replace(
          "DB: '${PIKO_DB_INTERNAL_URL:-}'",
          'DB: postgres://shop:secret@db:5432/shop',
        ) ?? '',
    })
    const { stdout, stderr } = await project().piko('share', 'db')
    expect(stdout + stderr).to.contain(
      'app logs in to db as shop, its superuser, which it refuses to environments',
    )
    expect(stdout + stderr).to.contain('DB: ${PIKO_DB_INTERNAL_URL:-postgres://shop:***@db:5432/shop}')
  })

  it('needs a password even if the server trusts everybody', async () => {
    const file = docker('exec', shared(), 'psql', '-U', 'shop', '-d', 'postgres', '-Atc', 'SHOW hba_file')
    docker(
      'exec',
      shared(),
      'sh',
      '-c',
      `echo 'host all all all trust' >"${file}.new"; cat ${file} >>"${file}.new"; cat "${file}.new" >"${file}"`,
    )
    docker('exec', shared(), 'psql', '-U', 'shop', '-d', 'postgres', '-Atc', 'SELECT pg_reload_conf()')
    expect(inApp('new', 'postgres://shop@db:5432/shop'), 'a control').to.equal('1')
    await project().pikoWell('up', 'new')
    expect(inApp('new', 'postgres://shop@db:5432/shop')).to.contain('no password supplied')
    const known = await project().json<Variables>('env', 'new')
    expect(inApp('new', known['PIKO_DB_INTERNAL_URL'] ?? '')).to.equal('1')
  })
})

async function setSharing(project: ScratchProject, login: 'own' | 'server'): Promise<void> {
  const before = readFileSync(join(project.root, '.piko.yml'), 'utf8').replace(/^shared:[^]*/m, '')
  const spec = `{ per_environment: database, login: ${login} }`
  await project.commit({
    '.piko.yml': `${before}shared:\n  services:\n    db: ${spec}\n    queue: ${spec}\n`,
  })
}
