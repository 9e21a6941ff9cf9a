import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { docker, requireEngine } from '#test/support/engine.js'
import { makeScratchProject, type ScratchProject } from '#test/support/scratch-project.js'
import {
  freePort,
  type Login,
  type Registry,
  requireRegistry,
  startRegistry,
  storeLogin,
} from '../support/image-registry.js'

const ann: Login = { user: 'ann', password: 'secret' }

describe('compose: registries', function () {
  let open: Registry
  let locked: Registry
  let down: string
  let project: ScratchProject
  let config: string

  before(requireEngine)
  before(requireRegistry)
  before(async () => {
    ;[open, locked, down] = await Promise.all([
      startRegistry(),
      startRegistry(ann),
      freePort().then(at => `127.0.0.1:${at}`),
    ])
    project = await makeScratchProject({ files: { 'compose.yaml': composeFile() } }, () => undefined)
    config = join(project.folder, 'docker')
    mkdirSync(config)
    project = project.at(project.root, { DOCKER_CONFIG: config })
    publish(`${open.host}/team/app:1`)
    await project.pikoWell('create', 'a', '--no-start')
  })
  beforeEach(() => storeLogin(config, { host: locked.host }))
  after(async () => {
    project?.dispose()
    await Promise.all([open?.stop(), locked?.stop()])
  })

  /** Pushes busybox to the open registry under another name, and removes that name here. */
  function publish(image: string): void {
    docker('tag', 'busybox', image)
    docker('push', '--quiet', image)
    docker('image', 'rm', '--no-prune', image)
  }

  function composeFile(): string {
    const quick = 'command: sleep 1000, init: true, stop_grace_period: 0.1s'
    const built = (host: string) =>
      `{ image: '${host}/team/site:2', build: { context: ., dockerfile_inline: "FROM busybox\\nRUN true\\n" }, ${quick} }`
    return `services:
  app: { image: '${open.host}/team/app:1', ${quick} }
  site: ${built(open.host)}
  none: { image: '${open.host}/team/none:1', ${quick}, profiles: [more] }
  locked: { image: '${locked.host}/team/app:1', ${quick}, profiles: [more] }
  down: { image: '${down}/team/app:1', ${quick}, profiles: [more] }
  lockedsite: { <<: ${built(locked.host)}, profiles: [more] }
  downsite: { <<: ${built(down)}, profiles: [more] }
`
  }

  const isHere = (image: string) => {
    const names = docker('image', 'ls', '--format', '{{.Repository}}:{{.Tag}}')
    return names.split('\n').includes(image)
  }

  it('pull gets images that come from a registry, and says what to do next', async () => {
    const { stdout, stderr, exitCode } = await project.piko('pull', 'a')
    expect([exitCode, stdout]).to.deep.equal([0, `✓ Pulled ${open.host}/team/app:1 (app)\n`])
    expect(stderr).to.contain('app Pulling').and.contain('app Pulled')
    expect(isHere(`${open.host}/team/app:1`)).to.equal(true)
  })

  it('push before build suggests what to run', async () => {
    const { stderr, exitCode } = await project.piko('push', 'a', 'site')
    expect([exitCode, stderr.includes('COMPOSE_IMAGE_MISSING')]).to.deep.equal([3, true])
    expect(stderr).to.contain('piko build a site')
  })

  it('push uses the name in the Compose file, and leaves that name unchanged locally', async () => {
    await project.pikoWell('build', 'a', 'site', 'lockedsite', 'downsite')
    const output = await project.pikoWell('push', 'a', 'site')
    expect(output).to.equal(`✓ Pushed ${open.host}/team/site:2 (site)\n`)
    expect(await open.tags('team/site')).to.deep.equal(['2'])
    expect(isHere(`${open.host}/team/site:2`)).to.equal(false)
  })

  it('pull refuses a service without an image, and push one without a build', async () => {
    expect((await project.piko('pull', 'a', 'site')).stderr).to.contain(
      'Service site of a lacks an image to pull',
    )
    const push = async (...services: readonly string[]) =>
      (await project.piko('push', 'a', ...services)).stderr.split('\n')[0]
    expect(await push('app')).to.equal('✗ Cannot push from a: service app has no `build:`')
  })

  it('pull and push use a stored login', async () => {
    storeLogin(config, { host: locked.host, login: ann })
    const { pushed } = await project.json<{ pushed: { service: string }[] }>('push', 'a', 'lockedsite')
    expect(pushed.map(({ service }) => service)).to.deep.equal(['lockedsite'])
    expect(await locked.tags('team/site')).to.deep.equal(['2'])
    const image = `${locked.host}/team/app:1`
    docker('tag', 'busybox', image)
    await project.run('docker', 'push', '--quiet', image)
    docker('image', 'rm', '--no-prune', image)
    await project.pikoWell('pull', 'a', 'locked')
    expect(isHere(image)).to.equal(true)
    docker('image', 'rm', '--no-prune', image)
  })

  it('pull and push report a refused login', async () => {
    storeLogin(config, { host: locked.host, login: { ...ann, password: 'wrong' } })
    for (const words of [
      ['pull', 'a', 'locked'],
      ['push', 'a', 'lockedsite'],
    ]) {
      const { stderr, exitCode } = await project.piko(...words)
      expect([exitCode, stderr.includes('COMPOSE_REGISTRY_REFUSED')]).to.deep.equal([4, true])
      expect(stderr).to.contain('refuses the stored login').and.contain(`docker login ${locked.host}`)
    }
  })

  const failures = [
    ['an unknown repository', 'none', 'COMPOSE_IMAGE_UNKNOWN', () => `has no ${open.host}/team/none:1`],
    ['no login', 'locked', 'COMPOSE_REGISTRY_REFUSED', () => `docker login ${locked.host}`],
    ['a registry that is down', 'down', 'COMPOSE_REGISTRY_DOWN', () => `The registry ${down} of`],
  ] as const
  for (const [what, service, code, part] of failures) {
    it(`pull and up --pull report ${what}`, async () => {
      for (const words of [
        ['pull', 'a', service],
        ['up', 'a', service, '--pull'],
      ]) {
        const { stderr, exitCode } = await project.piko(...words)
        expect(exitCode).to.be.oneOf([3, 4])
        expect(stderr).to.contain(code).and.contain(part()).and.contain(`service ${service}`)
      }
    })
  }

  it('push reports a registry that is down', async () => {
    const { stderr, exitCode } = await project.piko('push', 'a', 'downsite')
    expect([exitCode, stderr.includes('COMPOSE_REGISTRY_DOWN')]).to.deep.equal([4, true])
    expect(isHere(`${down}/team/site:2`)).to.equal(false)
  })

  it('up pulls missing images, and up --pull newer ones', async () => {
    docker('image', 'rm', '--no-prune', `${open.host}/team/app:1`)
    await project.pikoWell('up', 'a', 'app')
    const image = () => docker('inspect', '--format', '{{.Image}}', `piko-${project.mark}-a-app-1`)
    const before = image()
    docker('tag', `piko-${project.mark}-a-site`, `${open.host}/team/app:1`)
    docker('push', '--quiet', `${open.host}/team/app:1`)
    docker('tag', 'busybox', `${open.host}/team/app:1`)
    await project.pikoWell('up', 'a', 'app', '--pull')
    expect(image()).to.not.equal(before)
    docker('image', 'rm', '--no-prune', '-f', `${open.host}/team/app:1`)
  })
})
