import { expect } from 'chai'
import { attach } from '#caddy/steps/attach.js'
import { entry } from '#caddy/steps/entry.js'
import { names } from '#caddy/steps/names.js'
import { waitsFact } from '@piko/plugin-compose/contract'
import { labelsOf, ownerOf } from '@piko/plugin-compose/contract/engine'
import { docker } from '#test/support/engine.js'
import { subnetsOfOwn } from '#test/support/lanes.js'
import { until } from '#test/support/until.js'
import { ask, askWho } from '../support/client.js'
import { useTwoEnvironments } from '../support/two-environments.js'
import { makeEnvironment } from '../support/world.js'

describe('caddy: requests for an environment that is not running yet', () => {
  const { machine, one, two, port } = useTwoEnvironments()

  it('get a page for a stopped environment, and wait for a starting one', async () => {
    await attach.undo(two().as('down'), undefined)
    const stopped = await ask({ port: port(), host: two().host })
    expect(stopped.status).to.equal(503)
    expect(stopped.text).to.contain('two is stopped').and.to.contain('piko up two')
    await entry.do(two().as('up'), undefined)
    const starting = await ask({ port: port(), host: two().host, headers: { Accept: 'text/html' } })
    expect(starting.text).to.contain('two is starting').and.to.contain('http-equiv="refresh"')
    expect(starting.headers['retry-after']).to.equal('2')
    await attach.do(two().as('up'), undefined)
    expect((await askWho({ port: port(), host: two().host })).who).to.equal('two')
  })

  it('wait for the health path, and continue once it is healthy', async () => {
    const config = { services: { web: { health: '/health' } } }
    const three = await makeEnvironment(machine(), { environment: 'three', config })
    try {
      three.write('health', 'down')
      const up = three.up()
      const gate = until(
        'the gate',
        async () => (await ask({ port: port(), host: three.host })).status === 503,
      )
      await Promise.race([gate, up.then(() => expect.fail('it went up without its health'))])
      const inside = `piko-${three.compose.project}-three-web-1`
      await until('the container', () => docker('ps', '-q', '--filter', `name=${inside}`) !== '')
      expect((await ask({ port: port(), host: three.host })).status).to.equal(503)
      three.write('health', 'up')
      await up
      expect((await askWho({ port: port(), host: three.host })).who).to.equal('three')
      expect(three.context.warnings).to.deep.equal([])
    } finally {
      await three.dispose()
    }
  })

  it('do not wait for the health path with --no-wait, and are routed once it is healthy', async () => {
    const config = { services: { web: { health: '/health' } } }
    const four = await makeEnvironment(machine(), { environment: 'four', config })
    try {
      four.write('health', 'down')
      await four.compose.up()
      four.context.publish(waitsFact, false)
      for (const step of [names, entry, attach]) await step.do(four.context, undefined)
      expect((await ask({ port: port(), host: four.host })).status).to.equal(503)
      expect(four.context.warnings).to.deep.equal([])
      four.write('health', 'up')
      await until('the route', async () => (await ask({ port: port(), host: four.host })).status === 200)
    } finally {
      await four.dispose()
    }
  })

  it('are not possible, with a warning, if the network has no free address for the proxy', async () => {
    const tiny = await makeEnvironment(machine(), { environment: 'tiny' })
    const network = `piko-${tiny.compose.project}-tiny`
    const labels = Object.entries(labelsOf(ownerOf(tiny.context))).flatMap(pair => [
      '--label',
      pair.join('='),
    ])
    // Room for the gateway and one container.
    docker('network', 'create', ...labels, '--subnet', `10.${subnetsOfOwn()}.255.252/30`, network)
    try {
      await tiny.up()
      const warned = tiny.context.warnings.map(({ code }) => code)
      expect(warned).to.deep.equal(['CADDY_PROXY_FAILED'])
      expect(docker('ps', '-q', '--filter', `network=${network}`).split('\n')).to.have.length(1)
      expect((await ask({ port: port(), host: tiny.host })).text).to.contain('tiny is starting')
      expect((await askWho({ port: port(), host: one().host })).who).to.equal('one')
    } finally {
      await tiny.dispose()
    }
  })
})
