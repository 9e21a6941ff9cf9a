import { expect } from 'chai'
import { createHash, randomBytes } from 'node:crypto'
import { Agent, request } from 'node:http'
import { request as requestSecurely } from 'node:https'
import { readFileSync } from 'node:fs'
import { connect as connectSecurely } from 'node:tls'
import { proxyContainer } from '#caddy/proxy/engine.js'
import { fetchRoot } from '#caddy/trust/root.js'
import { docker } from '#test/support/engine.js'
import { until } from '#test/support/until.js'
import { ask, askWho, openSocket, type Reply } from '../support/client.js'
import { useTwoEnvironments } from '../support/two-environments.js'

describe('caddy: requests through the proxy', function () {
  const { machine, one, two, port } = useTwoEnvironments()

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
    const hosts = Array.from({ length: 1000 }, (_, index) => (index % 2 === 0 ? one() : two()))
    const answers = await Promise.all(hosts.map(({ host }) => askWho({ port: port(), host, agent })))
    agent.destroy()
    const crossed = answers.filter(({ who }, index) => `${who}.localhost` !== hosts[index]?.host)
    expect(crossed).to.deep.equal([])
  })

  it("cannot choose their target with piko's headers", async () => {
    const headers = {
      'X-Piko-State': 'up',
      'X-Piko-Upstream': `piko-${two().compose.project}-two-web-1:8000`,
      'X-Piko-Door': '127.0.0.1',
    }
    expect((await askWho({ port: port(), host: one().host, headers })).who).to.equal('one')
    expect((await ask({ port: port(), host: 'nobody.localhost', headers })).status).to.equal(404)
    expect((await ask({ port: port(), host: '..%2f..%2fetc%2fpasswd', headers })).status).to.equal(404)
  })

  it('may be large uploads, which arrive complete', async () => {
    const body = randomBytes(40_000_000)
    const reply = await askWho({ port: port(), host: one().host, body })
    expect(reply.size).to.equal(body.length)
    expect(reply.sha256).to.equal(createHash('sha256').update(body).digest('hex'))
  })

  it('may be server-sent events, which arrive one by one', async () => {
    const seen: string[] = []
    const options = {
      host: '127.0.0.1',
      port: port(),
      path: '/events',
      headers: { Host: one().host },
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
    const socket = await openSocket({ port: port(), host: two().host })
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
    const container = `piko-${one().compose.project}-one-web-1`
    const answers = JSON.parse(docker('exec', container, 'node', '-e', script)) as [unknown, string][]
    expect(answers.map(([status]) => status)).to.deep.equal([200, 200, 'ENOTFOUND', 403, 403, 403])
    expect((JSON.parse(answers[0]?.[1] ?? '') as Reply).who).to.equal('one')
    expect(answers[3]?.[1]).to.contain('not for this environment').and.to.not.contain('two/')
  })

  it('reach a container again after its address changed', async () => {
    const container = `piko-${one().compose.project}-one-web-1`
    const address = () =>
      docker('inspect', '-f', '{{range .NetworkSettings.Networks}}{{.IPAddress}} {{end}}', container)
    const network = `piko-${one().compose.project}-one`
    const before = address()
    docker('stop', '-t', '0', container)
    expect((await ask({ port: port(), host: one().host })).status).to.equal(502)
    const blocker = docker('run', '-d', '--network', network, 'busybox', 'sleep', '1000')
    try {
      docker('start', container)
      await until('its answer', async () => (await ask({ port: port(), host: one().host })).status === 200)
      expect(address()).to.not.equal(before)
    } finally {
      docker('rm', '-f', blocker)
    }
  })

  it('work over https with a valid certificate for the host, for clients that trust the root', async () => {
    const ca = readFileSync(await fetchRoot(one().as('run')), 'utf8')
    const secure = (host: string) =>
      new Promise<Reply>((resolve, reject) => {
        const options = {
          host: '127.0.0.1',
          port: machine().ports().https,
          servername: host,
          ca,
          agent: false,
        }
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
        port: machine().ports().https,
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
    const container = `piko-${one().compose.project}-one-web-1`
    const results = JSON.parse(docker('exec', container, 'node', '-e', script)) as unknown
    expect(results).to.deep.equal(['open', 'ECONNREFUSED', 'ECONNREFUSED'])
  })

  it('get a page as text, JSON or HTML if no environment matches', async () => {
    const unknown = { port: port(), host: 'nobody.localhost' }
    const text = await ask(unknown)
    expect(text.status).to.equal(404)
    expect(text.text).to.match(/^No environment answers to nobody\.localhost\n/)
    expect(text.text).to.contain(`up         http://one.localhost:${port()} (${one().compose.project})`)
    const json = JSON.parse((await ask({ ...unknown, headers: { Accept: 'application/json' } })).text) as {
      readonly environments: readonly object[]
    }
    expect(json.environments).to.deep.include({
      name: 'two',
      project: two().compose.project,
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
})
