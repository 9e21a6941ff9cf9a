import { expect } from 'chai'
import { createServer, type Server } from 'node:net'
import { decidePorts } from '#caddy/runs/ports.js'
import { portPairs } from '#caddy/proxy/place.js'
import { detailsOf } from '@piko/sdk'
import { requireEngine } from '#test/support/engine.js'
import { ask } from '../support/client.js'
import { type Machine, makeMachine } from '../support/machine.js'

function listen(port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => resolve(server))
  })
}

describe('caddy: the ports of the proxy', function () {
  let machine: Machine
  let server: Server | undefined
  before(requireEngine)
  beforeEach(() => void (machine = makeMachine()))
  afterEach(async () => {
    await new Promise(resolve => (server ? server.close(resolve) : resolve(undefined)))
    server = undefined
    machine.dispose()
  })

  it('are the first free pair, and are kept', async () => {
    const [first, second] = portPairs()
    server = await listen(first?.https ?? 0)
    const ports = await decidePorts.do(machine.context({}), undefined)
    expect(ports).to.deep.equal(second)
    expect(await decidePorts.plan?.(machine.context({}), ports)).to.have.property('action', 'nothing')
  })

  it('can be set by the user, unless they are taken', async () => {
    const ports = await decidePorts.do(machine.context({}), undefined)
    const wanted = { http: ports.http + 40, https: ports.https + 40 }
    server = await listen(wanted.https)
    const error = await decidePorts.do(machine.context({ wanted }), ports).catch((thrown: unknown) => thrown)
    expect(detailsOf(error)?.code).to.equal('CADDY_PORT_TAKEN')
    expect(machine.ports()).to.deep.equal(ports)
    const free = { http: wanted.http, https: ports.https }
    expect(await decidePorts.do(machine.context({ wanted: free }), ports)).to.deep.equal(free)
    expect(machine.ports()).to.deep.equal(free)
  })

  it('change if they are taken before the first start, but not after it', async () => {
    await machine.ensure({ id: 'caddy.ports', subject: 'machine' }, { input: {} })
    const chosen = machine.ports()
    server = await listen(chosen.http)
    await machine.start()
    const ports = machine.ports()
    expect(ports.http).to.not.equal(chosen.http)
    expect((await ask({ port: ports.http, host: 'localhost' })).status).to.equal(200)
    machine.stopContainer()
    const squatter = await listen(ports.http)
    const error = await machine.start().catch((thrown: unknown) => thrown)
    await new Promise(resolve => squatter.close(resolve))
    expect(detailsOf(error)).to.include({
      code: 'CADDY_PORT_TAKEN',
      message: `Port ${ports.http} of the proxy is taken by another program`,
    })
    await machine.start()
    expect((await ask({ port: ports.http, host: 'localhost' })).status).to.equal(200)
  })
})
