import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { docker } from '#test/support/engine.js'
import { useScenario } from '#test/support/scenario.js'
import type { ScratchProject } from '#test/support/scratch-project.js'
import { expectStock, takeStock } from '#test/support/stock.js'

/** A catalogue of services that cannot run together, some of which cannot run here at all. */
const catalogue = {
  'compose.yaml': `
x-quick: &quick { image: busybox, command: sleep 1000, init: true, stop_grace_period: 0.1s }
services:
  web: { <<: *quick, ports: ['8080:80'], depends_on: [db], networks: [front] }
  apache: { <<: *quick, ports: ['8080:80'], volumes: ['pages:/pages'] }
  caddy: { <<: *quick, ports: ['8080:8080'] }
  db: { <<: *quick, ports: ['5432:5432'], volumes: ['data:/data'], networks: [front] }
  cache: { <<: *quick, ports: ['6379:6379'] }
  queue: { <<: *quick, profiles: [jobs], depends_on: [cache] }
  broken:
    image: 'nowhere.example/gone:1'
    env_file: absent.env
    networks: [elsewhere]
    secrets: [key]
    volumes: ['./\${UNSET_BY_ALL}/x:/x', 'outside:/outside']
  built: { build: ./absent }
networks: { front: {}, elsewhere: { external: true } }
volumes: { data: {}, pages: {}, outside: { external: true } }
secrets: { key: { file: ./absent.key } }
`,
}

/** The same without the services that never run. */
const sound = { 'compose.yaml': catalogue['compose.yaml'].replace(/ {2}broken:[^]*?built:.*\n/, '') }

interface Listed {
  readonly containers: readonly { readonly service: string; readonly state: string }[]
}
interface Status {
  readonly ports: Readonly<Record<string, number>>
  readonly warnings: readonly { readonly code: string; readonly message: string }[]
}

async function running(project: ScratchProject, name: string): Promise<readonly string[]> {
  const { containers } = await project.json<Listed>('ps', name)
  return containers.filter(({ state }) => state === 'running').map(({ service }) => service)
}

async function codesOf(project: ScratchProject, name: string): Promise<readonly string[]> {
  const { warnings } = await project.json<Status>('status', name)
  return warnings.map(({ code }) => code)
}

describe('a partial environment', function () {
  this.timeout(240_000)
  const scenario = useScenario()

  it('runs the services of --only with their dependencies, and ignores the others entirely', async () => {
    const project = await scenario.project({ files: catalogue })
    const output = await project.pikoWell('create', 'one', '--only', 'web')
    expect(output).to.contain('Selected 2 of 8 services: db, web')
    expect(await running(project, 'one')).to.deep.equal(['db', 'web'])
    const { ports, warnings } = await project.json<Status>('status', 'one')
    expect(Object.keys(ports)).to.have.members(['web:80/tcp', 'db:5432/tcp'])
    expect(warnings).to.deep.equal([])
    const variables = Object.keys(await project.json<Record<string, string>>('env', 'one'))
    expect(variables.filter(name => name.endsWith('_PORT'))).to.deep.equal(['PIKO_DB_PORT', 'PIKO_WEB_PORT'])
    expect(await project.pikoWell('explain', 'one')).to.contain('services: 8 in the Compose files → db, web')
    const own = docker('volume', 'ls', '-q', '--filter', `name=${project.mark}-one`)
    expect(own)
      .to.match(/-one-data$/)
      .and.not.contain('pages')
  })

  it('is remembered by every later command, and removed completely', async () => {
    const project = await scenario.project({ files: catalogue })
    const before = await takeStock(project)
    await project.pikoWell('create', 'one', '--only', 'web,db', '--no-start')
    const override = readFileSync(join(project.worktree('one'), 'docker-compose.piko.yml'), 'utf8')
    for (const words of [
      ['sync', 'one'],
      ['up', 'one'],
      ['restart', 'one'],
      ['down', 'one'],
      ['up', 'one'],
    ])
      await project.pikoWell(...words)
    expect(await running(project, 'one')).to.deep.equal(['db', 'web'])
    expect(readFileSync(join(project.worktree('one'), 'docker-compose.piko.yml'), 'utf8')).to.equal(override)
    await project.pikoWell('destroy', 'one', '--yes', '--delete-branch')
    await expectStock(project, before, { but: ['folders'] })
  })

  it('gains a service that `up` names, and keeps it', async () => {
    const project = await scenario.project({ files: catalogue })
    await project.pikoWell('create', 'one', '--only', 'db')
    const refused = await project.piko('logs', 'one', 'cache')
    expect(refused.exitCode).to.equal(3)
    expect(refused.stderr).to.contain('cache is not selected in one').and.contain('piko up one cache')
    await project.pikoWell('up', 'one', 'queue')
    expect(await running(project, 'one')).to.deep.equal(['cache', 'db', 'queue'])
    await project.pikoWell('down', 'one')
    await project.pikoWell('up', 'one')
    expect(await running(project, 'one')).to.deep.equal(['cache', 'db', 'queue'])
    const unknown = await project.piko('up', 'one', 'cahce')
    expect(unknown.exitCode).to.equal(2)
    expect(unknown.stderr).to.contain('the nearest is cache')
    expect(await running(project, 'one')).to.deep.equal(['cache', 'db', 'queue'])
  })

  it('omits what --except names, with a warning if something depends on it', async () => {
    const project = await scenario.project({ files: sound })
    await project.pikoWell('create', 'one', '--except', 'db,apache', '--except', 'caddy')
    expect(await running(project, 'one')).to.deep.equal(['cache', 'web'])
    expect(await codesOf(project, 'one')).to.deep.equal(['COMPOSE_DEPENDENCY_DROPPED'])
    await project.pikoWell('up', 'one', 'db')
    expect(await running(project, 'one')).to.deep.equal(['cache', 'db', 'web'])
    expect(await codesOf(project, 'one')).to.deep.equal([])
  })

  it('includes the services of --profile', async () => {
    const project = await scenario.project({ files: sound })
    await project.pikoWell('create', 'one', '--profile', 'jobs', '--except', 'apache,caddy')
    expect(await running(project, 'one')).to.deep.equal(['cache', 'db', 'queue', 'web'])
    await project.pikoWell('create', 'two', '--profile', 'jobs', '--no-start')
    expect(await project.pikoWell('up', 'two')).to.not.contain('Selected')
    expect(await running(project, 'two')).to.include.members(['apache', 'caddy', 'queue'])
  })

  it('follows .piko.yml for every environment', async () => {
    const config = 'compose: { services: [web] }\n'
    const project = await scenario.project({ files: catalogue, config })
    await project.pikoWell('create', 'one')
    expect(await running(project, 'one')).to.deep.equal(['db', 'web'])
    const text = readFileSync(join(project.root, '.piko.yml'), 'utf8')
    project.write('.piko.yml', text.replace('[web]', '[web, cache]'))
    expect(await project.pikoWell('sync', 'one')).to.contain('+ service cache')
    project.write('.piko.yml', text.replace('[web]', '[cache]'))
    await project.pikoWell('up', 'one')
    expect(await running(project, 'one')).to.deep.equal(['cache'])
    project.write('.piko.yml', text.replace('[web]', '[cahce]'))
    const { exitCode, stderr } = await project.piko('up', 'one')
    expect(exitCode).to.equal(3)
    expect(stderr).to.contain('names cahce').and.contain('the nearest is cache')
  })

  const wrong = [
    { words: ['--only', 'webb'], says: 'the nearest is web' },
    { words: ['--except', 'webb'], says: 'the nearest is web' },
    { words: ['--profile', 'job'], says: 'the nearest is jobs' },
    { words: ['--only', 'web,db', '--except', 'db'], says: 'Both --only and --except name db' },
  ]
  for (const { words, says } of wrong)
    it(`refuses ${words.join(' ')} and changes nothing`, async () => {
      const project = await scenario.project({ files: sound })
      const before = await takeStock(project)
      const { exitCode, stderr } = await project.piko('create', 'one', '--keep-on-failure', ...words)
      expect(exitCode).to.equal(2)
      expect(stderr).to.contain(says)
      await expectStock(project, before, { but: ['folders'] })
      expect(existsSync(project.worktree('one'))).to.equal(false)
      expect(await project.git('branch', '--list', 'one')).to.equal('')
    })

  it("reads the environment's name after --only", async () => {
    const project = await scenario.project({ files: sound })
    await project.pikoWell('create', '--only', 'cache', 'one', '--no-start')
    expect(Object.keys((await project.json<Status>('status', 'one')).ports)).to.deep.equal(['cache:6379/tcp'])
  })

  it('is shown by a dry run', async () => {
    const project = await scenario.project({ files: catalogue })
    const output = await project.pikoWell('create', 'one', '--dry-run', '--only', 'cache')
    expect(output).to.contain('services → cache').and.not.contain('Service web')
  })

  it('is not extended by `build`, and does not start shared services that it omits', async () => {
    const files = {
      ...sound,
      'compose.yaml': sound['compose.yaml'].replace(
        'networks: {',
        '  tool: { build: ., profiles: [t] }\nnetworks: {',
      ),
      Dockerfile: 'FROM busybox\n',
    }
    const project = await scenario.project({ files, config: 'shared: { services: { cache: {} } }\n' })
    await project.pikoWell('create', 'one', '--except', 'apache,caddy,cache')
    expect(docker('ps', '-q', '--filter', `name=${project.mark}-shared`)).to.equal('')
    expect(await project.pikoWell('build', 'one', 'tool')).to.contain('(tool)')
    const refused = await project.piko('build', 'one', 'apache')
    expect(refused.stderr).to.contain('apache is not selected in one')
    expect(await running(project, 'one')).to.deep.equal(['db', 'web'])
    await project.pikoWell('create', 'two', '--no-start')
    await project.pikoWell('build', 'two')
    expect(await project.pikoWell('sync', 'two')).to.not.contain('tool')
  })
})

describe('a Compose file whose services publish the same host ports', function () {
  this.timeout(240_000)
  const scenario = useScenario()

  it('runs completely, each service on its own port, with a warning', async () => {
    const project = await scenario.project({ files: sound })
    const output = await project.pikoWell('create', 'one')
    expect(output).to.contain('Services apache, caddy and web publish the same host port 8080/tcp')
    expect(await running(project, 'one')).to.deep.equal(['apache', 'cache', 'caddy', 'db', 'web'])
    const { ports, warnings } = await project.json<Status>('status', 'one')
    expect(new Set(Object.values(ports)).size).to.equal(5)
    expect(warnings.map(({ code }) => code)).to.deep.equal(['COMPOSE_PORT_REPEATED'])
  })
})
