import { expect } from 'chai'
import { existsSync } from 'node:fs'
import { docker, dockerLines } from '#test/support/engine.js'
import { type Container, day } from '../support/day.js'
import { useProject } from '#test/support/suite-project.js'

const files = {
  ...day,
  Dockerfile: 'FROM busybox\nCOPY note /note\n',
  note: 'one\n',
  'compose.override.yaml': `
services:
  worker: { build: ., pull_policy: build }
`,
}

describe('compose: up and restart', function () {
  const project = useProject(files, made => made.pikoWell('create', 'a', '--no-start'))
  const piko = (...words: readonly string[]) => project().pikoWell(...words)
  const ids = async () => {
    const { containers } = await project().json<{ containers: Container[] }>('ps', 'a')
    return Object.fromEntries(containers.map(({ service, id }) => [service, id]))
  }
  const startedAt = (id = '') => docker('inspect', '--format', '{{.State.StartedAt}}', id)

  it('build starts nothing, and destroy removes its images', async () => {
    expect(await piko('build', 'a')).to.contain(`✓ Built piko-${project().mark}-a-worker (worker)`)
    expect(await ids()).to.deep.equal({})
    expect((await project().json<{ status: string }>('status', 'a')).status).to.equal('prepared')
    expect(dockerLines('image', 'ls', '-q', `piko-${project().mark}-a-worker`)).to.have.length(1)
  })

  it('up of a service starts only its dependencies as well', async () => {
    await piko('up', 'a', 'web')
    expect(Object.keys(await ids())).to.deep.equal(['db', 'web'])
  })

  it('up keeps containers that are up to date; --force-recreate does not', async () => {
    const before = await ids()
    await piko('up', 'a', 'web', '--wait')
    expect(await ids()).to.deep.equal(before)
    await piko('up', 'a', 'web', '--force-recreate', '--no-wait')
    const after = await ids()
    expect(after['web']).to.not.equal(before['web'])
  })

  it('up --build applies changes of the build', async () => {
    await piko('up', 'a', 'worker')
    expect(await piko('exec', 'a', 'worker', 'cat', '/note')).to.equal('one\n')
    project().at(project().worktree('a')).write('note', 'two\n')
    await piko('up', 'a', 'worker', '--build')
    expect(await piko('exec', 'a', 'worker', 'cat', '/note')).to.equal('two\n')
  })

  it('restart of a service leaves the others alone', async () => {
    const before = await ids()
    const times = { web: startedAt(before['web']), db: startedAt(before['db']) }
    await piko('restart', 'a', 'web')
    expect(startedAt((await ids())['web'])).to.not.equal(times.web)
    expect(startedAt(before['db'])).to.equal(times.db)
  })

  it('up of an unknown service changes nothing', async () => {
    const { stderr, exitCode } = await project().piko('up', 'a', 'wep')
    expect(exitCode).to.equal(2)
    expect(stderr).to.contain('The Compose files have no service wep; the nearest is web')
  })

  it('an invalid time limit is refused before anything is created', async () => {
    const { stderr, exitCode } = await project().piko('create', 'late', '--wait-timeout', 'soon')
    expect(stderr).to.contain('COMPOSE_TIME_LIMIT')
    expect(exitCode).to.equal(2)
    expect(await project().pikoWell('list')).to.not.contain('late')
    expect(existsSync(project().worktree('late'))).to.equal(false)
  })

  it('destroy leaves no image', async () => {
    await piko('destroy', 'a', '--yes', '--force')
    expect(dockerLines('image', 'ls', '-q', `piko-${project().mark}-a-worker`)).to.deep.equal([])
  })
})
