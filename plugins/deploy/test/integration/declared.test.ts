import { expect } from 'chai'
import { existsSync, readFileSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { join } from 'node:path'
import { signatureOf } from '#deploy/notify/signature.js'
import { PIKO } from '#test/sandbox/piko.js'
import { requireEngine } from '#test/support/engine.js'
import { start } from '#test/support/program.js'
import { requireRegistry } from '../../../compose/test/support/image-registry.js'
import { serving } from '../support/stage.js'
import { type DeployWorld, makeWorld } from '../support/world.js'

interface Hook {
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

describe('deploy: stages of .piko.yml, and whom they notify', function () {
  this.timeout(600_000)
  let world: DeployWorld
  let server: Server
  const hooks: Hook[] = []
  before(requireEngine)
  before(requireRegistry)
  before(async () => {
    world = await makeWorld()
    let isFirst = true
    server = createServer((request, response) => {
      void text(request).then(body => {
        hooks.push({ headers: request.headers, body })
        response.statusCode = isFirst ? 503 : 204 // it is asked again
        isFirst = false
        response.end()
      })
    }).listen(0, '127.0.0.1')
    await new Promise(done => server.once('listening', done))
  })
  after(async () => {
    server?.close()
    await world?.dispose()
  })

  const declare = (more = '') => {
    const { port } = server.address() as AddressInfo // it listens on a port
    const { project, image } = world
    project.write(
      '.piko.yml',
      `${project.portsLine}stages:
  staging:
    service: web
    image: ${image}
    port: 80
    health: /health
    secrets: [SIGNING_KEY]
    notify:
      command: cat >> ${join(project.folder, 'told')}
      webhook: http://127.0.0.1:${port}/hook
      sign_with: SIGNING_KEY
${more}`,
    )
  }

  async function setSecret(value: string): Promise<void> {
    const words = ['secrets', 'set', 'staging', 'SIGNING_KEY']
    const running = start([...PIKO, ...words], world.project.place)
    running.type(value)
    running.endInput()
    expect((await running.ended).exitCode).to.equal(0)
  }

  it('are checked like the rest of the file', async () => {
    world.project.write(
      '.piko.yml',
      'stages:\n  logs: { service: web, image: a/b }\n  demo: { service: web, imag: x }\n',
    )
    const { exitCode, stderr } = await world.project.piko('config', 'check')
    expect(exitCode).to.equal(3)
    expect(stderr)
      .to.contain('stages.demo.imag: unknown key `imag`; the nearest is `image`')
      .and.contain('stages.logs')
  })

  it('are there without being added, and win over stored values', async () => {
    const { project } = world
    declare()
    expect(await project.pikoWell('stage', 'list')).to.match(/^staging +web/m)
    const { stderr } = await project.piko('stage', 'update', 'staging', '--health', '/other')
    expect(stderr).to.contain('.piko.yml declares staging: its values replace the stored ones')
    const shown = await project.json<{ health: string }>('stage', 'show', 'staging')
    expect(shown.health).to.equal('/health')
  })

  it('name the secrets that a deploy needs', async () => {
    const { exitCode, stderr } = await world.project.piko('deploy', 'staging', 'v1')
    expect([exitCode, stderr.includes('piko secrets set staging SIGNING_KEY')]).to.deep.equal([3, true])
    await setSecret('sign-me')
    await world.project.pikoWell('deploy', 'staging', 'v1')
    expect(await serving(world, 'staging')).to.equal('v1')
  })

  it('tell a webhook, with a signed body, until it has answered', () => {
    expect(hooks).to.have.length(2)
    const { headers, body } = hooks[1] ?? { headers: {}, body: '{}' }
    expect(headers['x-piko-signature']).to.equal(signatureOf('sign-me', body))
    const { event, deploy } = JSON.parse(body) as { event: string; deploy: { tag: string; stage: string } }
    expect([event, deploy.tag, deploy.stage]).to.deep.equal(['success', 'v1', 'staging'])
  })

  it('tell a command, also of a deploy that was rolled back and of a rollback', async () => {
    const { project } = world
    await project.pikoWell('settings', 'set', 'health-seconds', '1')
    await project.piko('deploy', 'staging', 'v3')
    await project.pikoWell('deploy', 'staging', 'v2')
    await project.pikoWell('rollback', 'staging')
    const told = readFileSync(join(project.folder, 'told'), 'utf8')
      .trim()
      .replaceAll('}{', '}\n{')
      .split('\n')
    const events = told.map(
      line => JSON.parse(line) as { event: string; deploy: { kind: string; tag: string } },
    )
    expect(events.map(({ event, deploy }) => `${event} ${deploy.kind} ${deploy.tag}`)).to.deep.equal([
      'success deploy v1',
      'rolled_back deploy v3',
      'success deploy v2',
      'success rollback v1',
    ])
  })

  it('do not fail because nobody listens', async () => {
    server.close()
    server.closeAllConnections()
    const { exitCode, stderr } = await world.project.piko('deploy', 'staging', 'v2')
    expect([exitCode, /! notify: 127\.0\.0\.1:\d+ does not answer/.test(stderr)]).to.deep.equal([0, true])
    expect(existsSync(join(world.project.folder, 'told'))).to.equal(true)
  })
})
