import { expect } from 'chai'
import { Agent } from 'node:http'
import { proxyContainer } from '#caddy/proxy/engine.js'
import { docker, requireEngine } from '#test/support/engine.js'
import { until } from '#test/support/until.js'
import { ask, askWho, openSocket } from '../support/client.js'
import { type Machine, makeMachine } from '../support/machine.js'
import { type CaddyWorld, makeEnvironment } from '../support/world.js'

const REQUESTS = 4000

/** `node bench/proxy.mjs` does the same with 100,000 requests and 20 environments. */
describe('caddy: environments that come and go', function () {
  let machine: Machine
  let stable: CaddyWorld
  before(requireEngine)
  before(async () => {
    machine = makeMachine()
    stable = await makeEnvironment(machine, { environment: 'stable' })
    await stable.up()
  })
  after(async () => {
    await stable.dispose()
    machine.dispose()
  })

  it('interrupt no request, kept-alive connection or WebSocket of the others', async () => {
    const port = machine.ports().http
    const agent = new Agent({ keepAlive: true, maxSockets: 16 })
    const socket = await openSocket({ port, host: stable.host })
    let isChanging = true
    let sent = 0
    const wrong: string[] = []
    const client = async () => {
      while (sent < REQUESTS || isChanging) {
        sent += 1
        const reply = await askWho({ port, host: stable.host, agent }).catch((error: unknown) => error)
        if (reply instanceof Error || (reply as { who: string }).who !== 'stable') wrong.push(String(reply))
      }
    }
    const changing = async () => {
      for (const environment of ['aaa', 'mmm', 'zzz']) {
        const world = await makeEnvironment(machine, { environment })
        await world.up()
        const responds = async () => (await askWho({ port, host: world.host })).who === environment
        await until(`${environment} to answer`, () => responds().catch(() => false))
        expect(await socket.echo(environment)).to.equal(environment)
        await world.dispose()
      }
      isChanging = false
    }
    await Promise.all([changing(), ...Array.from({ length: 16 }, client)])
    agent.destroy()
    expect(wrong).to.deep.equal([])
    expect(sent).to.be.at.least(REQUESTS)
    expect(await socket.echo('still here')).to.equal('still here')
    expect(socket.isOpen()).to.equal(true)
    socket.close()
  })

  it('may be removed while the proxy is stopped: it starts again without them', async () => {
    const gone = await makeEnvironment(machine, { environment: 'gone' })
    await gone.up()
    docker('stop', '-t', '0', proxyContainer())
    await gone.dispose()
    await machine.start()
    const port = machine.ports().http
    expect((await askWho({ port, host: stable.host })).who).to.equal('stable')
    expect((await ask({ port, host: gone.host })).status).to.equal(404)
  })
})
