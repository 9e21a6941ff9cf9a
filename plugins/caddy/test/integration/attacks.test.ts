import { expect } from 'chai'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { connect as connectTo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { keyOf } from '#caddy/routes/files.js'
import { proxyContainer } from '#caddy/proxy/engine.js'
import { proxyFolder, proxyNetwork } from '#caddy/proxy/place.js'
import { docker } from '#test/support/engine.js'
import { until } from '#test/support/until.js'
import { ask } from '../support/client.js'
import { useTwoEnvironments } from '../support/two-environments.js'
import type { CaddyWorld } from '../support/world.js'

interface Inspected {
  readonly HostConfig: {
    readonly ReadonlyRootfs: boolean
    readonly CapDrop: readonly string[]
    readonly CapAdd: readonly string[]
    readonly SecurityOpt: readonly string[]
  }
  readonly Mounts: readonly { readonly Type: string; readonly Name?: string; readonly RW: boolean }[]
}

describe('caddy: attacks on the proxy', function () {
  const { one, two, port } = useTwoEnvironments()
  const networkOf = ({ compose, host }: CaddyWorld) => `piko-${compose.project}-${host.split('.')[0]}`
  const webOf = (world: CaddyWorld) => `${networkOf(world)}-web-1`
  const addressOf = (container: string, network: string) =>
    docker('inspect', '-f', `{{(index .NetworkSettings.Networks "${network}").IPAddress}}`, container)
  const addressOn = (network: string) => addressOf(proxyContainer(), network)

  /** Sends these bytes and returns everything that comes back until the proxy closes or is silent. */
  const send = (...lines: readonly string[]) =>
    new Promise<string>((resolve, reject) => {
      const socket = connectTo({ host: '127.0.0.1', port: port() })
      let text = ''
      socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
      socket.setTimeout(2000, () => socket.destroy())
      socket.on('error', reject).on('close', () => resolve(text))
      socket.write(lines.join('\r\n') + '\r\n\r\n')
    })
  const whoIn = (text: string) => [...text.matchAll(/"who":"(\w+)"/g)].map(([, who]) => who)

  /** Runs a shell in environment one, whose routes it may change. */
  const inOne = (script: string) =>
    docker(
      ...['run', '--rm', '--cap-add', 'NET_ADMIN', '--network', networkOf(one())],
      ...['--entrypoint', 'sh', 'busybox', '-c', `${script} 2>&1 || true`],
    )

  it("cannot reach another environment by a route to the proxy's own address", () => {
    const own = addressOn(proxyNetwork())
    const near = addressOn(networkOf(one()))
    const fetch = (host: string, at: string) =>
      `timeout 10 wget -q -O - --header 'Host: ${host}' http://${at}:${port()}/`
    expect(inOne(fetch('one.localhost', near)), 'a control').to.contain('"who":"one"')
    const add = `ip route add ${own}/32 via ${near}`
    expect(inOne(`${add}; ${fetch('two.localhost', own)}`)).not.to.contain('"who"')
    expect(inOne(fetch('two.localhost', near))).to.contain('403')
    // Some engines drop the packets of that route themselves, so this asks as the proxy does when they do not.
    const look = (door: string, from: string, host: string) => {
      const headers = { 'X-Piko-Host': host, 'X-Piko-Door': door, 'X-Piko-From': from, 'X-Piko-Path': '/' }
      const words = Object.entries(headers).map(([name, value]) => `--header '${name}: ${value}'`)
      const script = `wget -S -q -O - ${words.join(' ')} http://127.0.0.1:2020/lookup 2>&1`
      const inside = ['--network', `container:${proxyContainer()}`, '--entrypoint', 'sh', 'busybox']
      return /X-Piko-State: (\w+)/i.exec(docker('run', '--rm', ...inside, '-c', script))?.[1]
    }
    const [ofOne, ofTwo] = [one(), two()].map(world => addressOf(webOf(world), networkOf(world)))
    const gateway = own.replace(/\d+$/, '1')
    expect(look(own, gateway, 'two.localhost'), 'from this machine').to.equal('up')
    expect(look(own, '192.0.2.7', 'two.localhost'), 'from outside').to.equal('up')
    expect(look(own, ofOne ?? '', 'two.localhost')).to.equal('forbidden')
    expect(look(own, ofTwo ?? '', 'two.localhost')).to.equal('forbidden')
    expect(look(own, ofOne ?? '', 'localhost')).to.equal('forbidden')
    expect(look(near, ofOne ?? '', 'two.localhost')).to.equal('forbidden')
    expect(look(near, ofOne ?? '', 'one.localhost'), 'its own').to.equal('up')
  })

  it('cannot leave the environment through the proxy: it forwards nothing', () => {
    const near = addressOn(networkOf(one()))
    const web = addressOf(webOf(two()), networkOf(two()))
    expect(docker('exec', proxyContainer(), 'cat', '/proc/sys/net/ipv4/ip_forward')).to.equal('0')
    const direct = `ip route add ${web}/32 via ${near}; timeout 5 wget -q -O - http://${web}:8000/`
    expect(inOne(direct)).not.to.contain('"who"')
  })

  it('of other users find its files closed', () => {
    expect(statSync(proxyFolder()).mode & 0o077).to.equal(0)
  })

  it('find a proxy that may do nothing but listen', () => {
    const [found] = JSON.parse(docker('inspect', proxyContainer())) as readonly [Inspected]
    const { HostConfig: host, Mounts: mounts } = found
    expect(host.ReadonlyRootfs).to.equal(true)
    expect([host.CapDrop, host.CapAdd.map(name => name.replace(/^CAP_/, ''))]).to.deep.equal([
      ['ALL'],
      ['NET_BIND_SERVICE'],
    ])
    expect(host.SecurityOpt).to.include('no-new-privileges:true')
    const anonymous = mounts.filter(({ Name: name }) => /^[0-9a-f]{64}$/.test(name ?? ''))
    expect(anonymous, 'anonymous volumes').to.deep.equal([])
    const status = docker('exec', proxyContainer(), 'cat', '/proc/1/status')
    expect(/CapEff:\s*(\w+)/.exec(status)?.[1]).to.match(/^0*400$/)
  })

  it('cannot forge a header, in whatever way it is written', async () => {
    const forged = ['X-Piko-State: up', `X-Piko-Upstream: ${webOf(two())}:8000`, 'X-Piko-Door: 127.0.0.1']
    const sets = [
      ['Connection: close', ...forged],
      ['Connection: close', ...forged.map(line => line.toLowerCase())],
      ['Connection: close', ...forged.map(line => line.replaceAll('-', '_'))],
      [...forged, 'Connection: close, X-Piko-State, X-Piko-Upstream, X-Piko-From'],
      ['Connection: close, X-Piko-Door, X-Piko-From, X-Piko-Path'],
      ['Connection: close', 'Transfer-Encoding: chunked', 'Trailer: X-Piko-Upstream', '', '0', ...forged],
    ]
    for (const lines of sets) {
      const answer = await send('GET / HTTP/1.1', 'Host: nobody.localhost', ...lines)
      expect(answer, lines.join()).to.match(/^HTTP\/1\.1 (404|400) /)
      expect(whoIn(answer)).to.deep.equal([])
    }
  })

  it('reach what the host says by HTTP/1.0 and absolute URIs too, and nothing with two hosts', async () => {
    expect(whoIn(await send('GET / HTTP/1.0', 'Host: one.localhost'))).to.deep.equal(['one'])
    expect(await send('GET / HTTP/1.0')).to.match(/^HTTP\/1\.0 40[04] /)
    const absolute = await send(
      'GET http://one.localhost/ HTTP/1.1',
      'Host: two.localhost',
      'Connection: close',
    )
    expect(whoIn(absolute)).to.deep.equal(['one'])
    expect(await send('GET / HTTP/1.1', 'Host: one.localhost', 'Host: two.localhost')).to.match(
      /^HTTP\/1\.1 400 /,
    )
    for (const host of ['one.localhost/../two.localhost', '..', '.', '/', 'one.localhost@two.localhost'])
      expect(whoIn(await send('GET / HTTP/1.1', `Host: ${host}`, 'Connection: close')), host).to.deep.equal(
        [],
      )
  })

  it('cannot smuggle a second request past the first', async () => {
    const second = 'GET /stolen HTTP/1.1\r\nHost: two.localhost\r\n\r\n'
    const post = ['POST / HTTP/1.1', 'Host: one.localhost', 'Connection: close']
    const attempts = [
      [...post, `Content-Length: ${second.length}`, 'Transfer-Encoding: chunked', '', `0\r\n\r\n${second}`],
      [...post, 'Content-Length: 0', `Content-Length: ${second.length}`, '', second],
      [...post, 'Transfer-Encoding: xchunked', '', second],
      [...post, 'Transfer-Encoding : chunked', '', `0\r\n\r\n${second}`],
    ]
    for (const lines of attempts) {
      const answer = await send(...lines)
      expect(
        whoIn(answer).filter(who => who === 'two'),
        lines.join('|'),
      ).to.deep.equal([])
      expect(answer).not.to.contain('/stolen')
    }
  })

  it('cannot open a WebSocket to another environment from a container', () => {
    const script = `
      const headers = { Host: 'two.localhost', Connection: 'Upgrade', Upgrade: 'websocket',
        'Sec-WebSocket-Version': '13', 'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAA==' }
      const sent = require('node:http').get({ host: 'one.localhost', port: ${port()}, path: '/socket', headers })
      sent.on('upgrade', () => { console.log('open'); process.exit() })
      sent.on('response', response => { console.log(response.statusCode); process.exit() })`
    expect(docker('exec', webOf(one()), 'node', '-e', script)).to.equal('403')
  })

  it('find nothing on IPv6', async () => {
    const code = await new Promise(resolve => {
      const socket = connectTo({ host: '::1', port: port() })
      socket
        .on('connect', () => resolve('open'))
        .on('error', (error: NodeJS.ErrnoException) => resolve(error.code))
      socket.on('connect', () => socket.destroy())
    })
    expect(code).to.be.oneOf(['ECONNREFUSED', 'EADDRNOTAVAIL', 'ENETUNREACH'])
  })

  it('learn nothing by a name that another site has pointed at this machine', async () => {
    for (const accept of ['application/json', 'text/html', 'text/plain']) {
      const host = 'rebound.example.com'
      const { status, text, headers } = await ask({ port: port(), host, headers: { Accept: accept } })
      expect(status).to.equal(404)
      for (const word of ['.localhost', 'two', one().compose.project, 'piko'])
        expect(text.includes(word), `${word} in ${text}`).to.equal(false)
      expect(headers).not.to.have.property('x-piko-proxy')
    }
  })

  it("learn nothing of other environments by an environment's own name", async () => {
    const container = webOf(one())
    docker('stop', '-t', '0', container)
    try {
      for (const accept of ['application/json', 'text/html']) {
        const { status, text } = await ask({ port: port(), host: one().host, headers: { Accept: accept } })
        expect(status).to.equal(502)
        expect(text)
          .to.contain('one')
          .and.not.to.contain('two.localhost')
          .and.not.to.contain(keyOf(two().context))
      }
    } finally {
      docker('start', container)
      await until('its answer', async () => (await ask({ port: port(), host: one().host })).status === 200)
    }
  })

  it('cannot set a cookie for another environment, only for the services of its own', () => {
    const jar = join(mkdtempSync(join(tmpdir(), 'piko-cookies-')), 'jar')
    const url = (host: string) => `http://${host}:${port()}/`
    const fetch = (host: string, ...words: readonly string[]) => {
      const known = ['-sS', '--max-time', '20', '-b', jar, '-c', jar, ...words, url(host)]
      return execFileSync('curl', known, { encoding: 'utf8' })
    }
    const set = (host: string, cookie: string) => fetch(host, '-H', `Wants-Cookie: ${cookie}`)
    try {
      set('one.localhost', 'plain=1')
      set('one.localhost', 'all=1; Domain=localhost')
      set('one.localhost', 'theirs=1; Domain=two.localhost')
      set('web.one.localhost', 'own=1; Domain=one.localhost')
      const cookies = (host: string) => /"cookie":"([^"]*)"/.exec(fetch(host))?.[1]?.split('; ').sort()
      expect(cookies('one.localhost')).to.deep.equal(['own=1', 'plain=1'])
      expect(cookies('web.one.localhost')).to.deep.equal(['own=1'])
      expect(cookies('two.localhost')).to.equal(undefined)
    } finally {
      rmSync(dirname(jar), { recursive: true })
    }
  })

  it('cannot frame a page of the proxy, run a script in it or learn its address', async () => {
    for (const host of ['localhost', 'nobody.localhost', 'rebound.example.com']) {
      const { headers } = await ask({ port: port(), host, headers: { Accept: 'text/html' } })
      expect(headers['content-security-policy'], host)
        .to.contain("default-src 'none'")
        .and.to.contain("frame-ancestors 'none'")
      expect(headers).to.include({
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
      })
      expect(headers).not.to.have.property('access-control-allow-origin')
    }
  })
})
