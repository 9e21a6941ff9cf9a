import { expect } from 'chai'
import { createHash, randomBytes } from 'node:crypto'
import { Agent, request } from 'node:http'
import { request as requestSecurely } from 'node:https'
import { readFileSync } from 'node:fs'
import { connect as connectSecurely } from 'node:tls'
import { proxyContainer } from '#caddy/proxy/engine.js'
import { attach } from '#caddy/steps/attach.js'
import { entry } from '#caddy/steps/entry.js'
import { names } from '#caddy/steps/names.js'
import { fetchRoot } from '#caddy/trust/root.js'
import { waitsFact } from '@piko/plugin-compose/contract'
import { labelsOf, ownerOf } from '@piko/plugin-compose/contract/engine'
import { docker, requireEngine } from '#test/support/engine.js'
import { subnetsOfOwn } from '#test/support/lanes.js'
import { until } from '#test/support/until.js'
import { ask, askWho, openSocket, type Reply } from '../support/client.js'
import { type Machine, makeMachine } from '../support/machine.js'
import { type CaddyWorld, makeEnvironment } from '../support/world.js'

describe('caddy: requests through the proxy', function () {
  let machine: Machine
  let one: CaddyWorld
  let two: CaddyWorld
  const port = () => machine.ports().http

  before(requireEngine)
  before(async () => {
    machine = makeMachine()
    one = await makeEnvironment(machine, { environment: 'one', config: { services: { web: {} } } })
    two = await makeEnvironment(machine, { environment: 'two', config: { services: { web: {} } } })
    await Promise.all([one.up(), two.up()])
  })
  after(async () => {
    await one.dispose()
    await two.dispose()
    machine.dispose()
  })

  it('reach the environment that the host names, which the response names', async () => {
    const { status, headers, text } = await ask({ port: port(), host: 'web.one.localhost', path: '/a?b=c' })
    expect(status).to.equal(200)
    expect(headers).to.include({ 'x-piko-environment': 'one', 'x-piko-service': 'web' })
    const reply = JSON.parse(text) as Reply & { readonly path: string }
    expect(reply).to.include({ who: 'one', path: '/a?b=c' })
    expect(reply.headers).to.include({ host: `web.one.localhost:${port()}`, 'x-forwarded-proto': 'http' })
    expect(Object.keys(reply.headers).filter(name => name.startsWith('x-piko'))).to.deep.equal([])
    expect((await askWho({ port: port(), host: 'TWO.localhost.' })).who).to.equal('two')
  })

  it('are never mixed up between environments with the same service names', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 8 })
    const hosts = Array.from({ length: 1000 }, (_, index) => (index % 2 === 0 ? one : two))
    const answers = await Promise.all(hosts.map(({ host }) => askWho({ port: port(), host, agent })))
    agent.destroy()
    const crossed = answers.filter(({ who }, index) => `${who}.localhost` !== hosts[index]?.host)
    expect(crossed).to.deep.equal([])
  })

  it("cannot choose their target with piko's headers", async () => {
    const headers = {
      'X-Piko-State': 'up',
      'X-Piko-Upstream': `piko-${two.compose.project}-two-web-1:8000`,
      'X-Piko-Door': '127.0.0.1',
    }
    expect((await askWho({ port: port(), host: one.host, headers })).who).to.equal('one')
    expect((await ask({ port: port(), host: 'nobody.localhost', headers })).status).to.equal(404)
    expect((await ask({ port: port(), host: '..%2f..%2fetc%2fpasswd', headers })).status).to.equal(404)
  })

  it('may be large uploads, which arrive complete', async () => {
    const body = randomBytes(40_000_000)
    const reply = await askWho({ port: port(), host: one.host, body })
    expect(reply.size).to.equal(body.length)
    expect(reply.sha256).to.equal(createHash('sha256').update(body).digest('hex'))
  })

  it('may be server-sent events, which arrive one by one', async () => {
    const seen: string[] = []
    const options = {
      host: '127.0.0.1',
      port: port(),
      path: '/events',
      headers: { Host: one.host },
      agent: false,
    } as const
    const sent = request(options, response => {
      response.setEncoding('utf8').on('data', (chunk: string) => seen.push(chunk))
    })
    sent.on('error', () => undefined)
    sent.end()
    await until('three events', () => seen.length >= 3)
    sent.destroy()
    expect(seen[0]).to.equal('data: 0\n\n')
  })

  it('may be WebSockets', async () => {
    const socket = await openSocket({ port: port(), host: two.host })
    expect(await socket.echo('hello')).to.equal('hello')
    socket.close()
  })

  it('from a container reach its own environment by name, and no other', async () => {
    const script = `
      const ask = (host, headers) => new Promise(resolve => {
        const sent = require('node:http').get({ host, port: ${port()}, headers }, response => {
          let text = ''
          response.on('data', chunk => (text += chunk))
          response.on('end', () => resolve([response.statusCode, text]))
        })
        sent.on('error', error => resolve([error.code, '']))
      })
      const main = async () => [
        await ask('one.localhost'),
        await ask('web.one.localhost'),
        await ask('two.localhost'),
        await ask('one.localhost', { Host: 'two.localhost' }),
        await ask('one.localhost', { Host: 'nobody.localhost' }),
        await ask('one.localhost', { Host: 'localhost' }),
      ]
      main().then(answers => console.log(JSON.stringify(answers)))`
    const container = `piko-${one.compose.project}-one-web-1`
    const answers = JSON.parse(docker('exec', container, 'node', '-e', script)) as [unknown, string][]
    expect(answers.map(([status]) => status)).to.deep.equal([200, 200, 'ENOTFOUND', 403, 403, 403])
    expect((JSON.parse(answers[0]?.[1] ?? '') as Reply).who).to.equal('one')
    expect(answers[3]?.[1]).to.contain('not for this environment').and.to.not.contain('two/')
  })

  it('reach a container again after its address changed', async () => {
    const container = `piko-${one.compose.project}-one-web-1`
    const address = () =>
      docker('inspect', '-f', '{{range .NetworkSettings.Networks}}{{.IPAddress}} {{end}}', container)
    const network = `piko-${one.compose.project}-one`
    const before = address()
    docker('stop', '-t', '0', container)
    expect((await ask({ port: port(), host: one.host })).status).to.equal(502)
    const blocker = docker('run', '-d', '--network', network, 'busybox', 'sleep', '1000')
    try {
      docker('start', container)
      await until('its answer', async () => (await ask({ port: port(), host: one.host })).status === 200)
      expect(address()).to.not.equal(before)
    } finally {
      docker('rm', '-f', blocker)
    }
  })

  it('work over https with a valid certificate for the host, for clients that trust the root', async () => {
    const ca = readFileSync(await fetchRoot(one.as('run')), 'utf8')
    const secure = (host: string) =>
      new Promise<Reply>((resolve, reject) => {
        const options = { host: '127.0.0.1', port: machine.ports().https, servername: host, ca, agent: false }
        const sent = requestSecurely({ ...options, headers: { Host: host } }, response => {
          let text = ''
          response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
          response.on('end', () => resolve(JSON.parse(text) as Reply))
        })
        sent.on('error', reject)
        sent.end()
      })
    expect((await secure('web.one.localhost')).who).to.equal('one')
    const reply = await secure('two.localhost')
    expect(reply.who).to.equal('two')
    expect(reply.headers).to.include({ 'x-forwarded-proto': 'https' })
    const refused = await new Promise<unknown>(resolve => {
      const socket = connectSecurely({
        host: '127.0.0.1',
        port: machine.ports().https,
        servername: 'nobody.localhost',
        ca,
      })
      socket.on('secureConnect', () => resolve('connected'))
      socket.on('error', (error: Error) => resolve(error.message))
    })
    expect(refused)
      .to.be.a('string')
      .and.to.match(/alert|reset/)
  })

  it('cannot reach the admin interface, from the host or a container', async () => {
    const published = docker('port', proxyContainer()).split('\n')
    expect(published).to.have.length(2)
    expect(published.every(line => line.includes('-> 127.0.0.1:'))).to.equal(true)
    const script = `
      const at = port => new Promise(resolve => {
        const socket = require('node:net').connect({ host: 'one.localhost', port })
        socket.on('connect', () => { socket.destroy(); resolve('open') })
        socket.on('error', error => resolve(error.code))
      })
      Promise.all([at(${port()}), at(2019), at(2020)]).then(all => console.log(JSON.stringify(all)))`
    const container = `piko-${one.compose.project}-one-web-1`
    const results = JSON.parse(docker('exec', container, 'node', '-e', script)) as unknown
    expect(results).to.deep.equal(['open', 'ECONNREFUSED', 'ECONNREFUSED'])
  })

  it('get a page as text, JSON or HTML if no environment matches', async () => {
    const unknown = { port: port(), host: 'nobody.localhost' }
    const text = await ask(unknown)
    expect(text.status).to.equal(404)
    expect(text.text).to.match(/^No environment answers to nobody\.localhost\n/)
    expect(text.text).to.contain(`up         http://one.localhost:${port()} (${one.compose.project})`)
    const json = JSON.parse((await ask({ ...unknown, headers: { Accept: 'application/json' } })).text) as {
      readonly environments: readonly object[]
    }
    expect(json.environments).to.deep.include({
      name: 'two',
      project: two.compose.project,
      branch: 'two',
      state: 'up',
      url: `http://two.localhost:${port()}`,
      services: { web: `http://web.two.localhost:${port()}` },
    })
    const html = await ask({ ...unknown, headers: { Accept: 'text/html' } })
    expect(html.headers['content-type']).to.equal('text/html; charset=utf-8')
    expect(html.text).to.contain(`<a href="http://one.localhost:${port()}">one</a>`)
    expect((await ask({ port: port(), host: 'localhost' })).status).to.equal(200)
  })

  it('get a page for a stopped environment, and wait for a starting one', async () => {
    await attach.undo(two.as('down'), undefined)
    const stopped = await ask({ port: port(), host: two.host })
    expect(stopped.status).to.equal(503)
    expect(stopped.text).to.contain('two is stopped').and.to.contain('piko up two')
    await entry.do(two.as('up'), undefined)
    const starting = await ask({ port: port(), host: two.host, headers: { Accept: 'text/html' } })
    expect(starting.text).to.contain('two is starting').and.to.contain('http-equiv="refresh"')
    expect(starting.headers['retry-after']).to.equal('2')
    await attach.do(two.as('up'), undefined)
    expect((await askWho({ port: port(), host: two.host })).who).to.equal('two')
  })

  it('wait for the health path, and continue once it is healthy', async () => {
    const config = { services: { web: { health: '/health' } } }
    const three = await makeEnvironment(machine, { environment: 'three', config })
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
    const four = await makeEnvironment(machine, { environment: 'four', config })
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
    const tiny = await makeEnvironment(machine, { environment: 'tiny' })
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
      expect((await askWho({ port: port(), host: one.host })).who).to.equal('one')
    } finally {
      await tiny.dispose()
    }
  })
})
