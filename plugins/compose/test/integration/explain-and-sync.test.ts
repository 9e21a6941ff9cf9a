import { expect } from 'chai'
import { day } from '../support/day.js'
import { useProject } from '#test/support/suite-project.js'

const compose = day['compose.yaml'] ?? ''
const withHost = compose.replace('  worker: *quick', '  worker: { <<: *quick, network_mode: host }')

interface Synced {
  readonly added: readonly { readonly service: string; readonly what: string }[]
  readonly ports: Record<string, number>
  readonly services: { readonly added: readonly string[]; readonly removed: readonly string[] }
  readonly pending: Record<'start' | 'recreate' | 'remove', readonly string[]> | null
}

describe('compose: explain and sync', function () {
  const project = useProject({ 'compose.yaml': withHost }, made => made.pikoWell('create', 'a', '--no-start'))
  const piko = (...words: readonly string[]) => project().pikoWell(...words)
  const worktree = () => project().at(project().worktree('a'))

  it('explain shows every change with its reason, and every warning', async () => {
    const output = await piko('explain', 'a')
    expect(output).to.match(/^Access to this machine\n {2}Service worker /)
    expect(output).to.match(/^Service db\n {2}port 5432\/tcp/m)
    expect(output).to.match(
      /Service web\n {2}port 80\/tcp: 8080 → 127\.0\.0\.1:\d+, because a host port can be published once/,
    )
    expect(output).to.match(/Networks and volumes\n {2}network default: /)
    expect(output).to.contain('! Service worker uses host networking')
  })

  it('explain prints one service as JSON, inside the worktree', async () => {
    const { changes, warnings } = await worktree().json<
      Record<'changes' | 'warnings', { service: string }[]>
    >('explain', 'web')
    expect(new Set(changes.map(({ service }) => service))).to.deep.equal(new Set(['web']))
    expect(warnings).to.deep.equal([])
    expect((await worktree().piko('explain', 'wep')).stderr).to.contain('the nearest is web')
  })

  it('sync reports that nothing changed', async () => {
    expect(await piko('sync', 'a')).to.contain('Nothing has changed')
  })

  it('sync reports what changed, and what `up` would do', async () => {
    await piko('up', 'a', 'web', '--no-wait')
    expect((await project().json<Synced>('sync', 'a')).pending?.recreate).to.deep.equal([])
    worktree().write(
      'compose.yaml',
      compose.replace("ports: ['8080:80']", "ports: ['8080:80', '9090:90']") + '  cache: *quick\n',
    )
    const synced = await project().json<Synced>('sync', 'a')
    expect(synced.services).to.deep.equal({ added: ['cache'], removed: [] })
    expect(Object.keys(synced.ports)).to.deep.equal(['web:90/tcp'])
    expect(synced.added.map(({ service, what }) => `${service} ${what}`)).to.include('web port 90/tcp')
    expect(synced.pending?.recreate).to.deep.equal(['web'])
    expect(synced.pending?.start).to.include('cache')
    expect(await piko('sync', 'a')).to.match(/To start .*cache.*, recreate web, run `piko up a`/)
  })

  it('up applies it, and then everything is up to date', async () => {
    await piko('up', 'a', '--no-wait')
    expect(await piko('sync', 'a')).to.contain('All running services are up to date')
  })

  it('sync notices a changed `env_file`', async () => {
    worktree().write(
      'compose.yaml',
      compose.replace('  worker: *quick', '  worker: { <<: *quick, env_file: a.env }'),
    )
    worktree().write('a.env', 'A=1\n')
    await piko('up', 'a', '--no-wait')
    expect(await piko('sync', 'a')).to.contain('All running services are up to date')
    worktree().write('a.env', 'A=2\n')
    expect((await project().json<Synced>('sync', 'a')).pending?.recreate).to.deep.equal(['worker'])
  })

  it('sync locates the error in a Compose file, and keeps the rendered files', async () => {
    worktree().write('compose.yaml', 'services: [\n')
    const { stderr, exitCode } = await project().piko('sync', 'a')
    expect(exitCode).to.equal(3)
    expect(stderr).to.contain('COMPOSE_INVALID').and.contain('compose.yaml')
    expect(await piko('ps', 'a')).to.contain('web')
    expect(await piko('logs', 'a', 'web')).to.contain('web is here')
  })
})
