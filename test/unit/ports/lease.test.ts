import type { PortRequest } from '@piko/sdk'
import { expect } from 'chai'
import { createServer, type Server } from 'node:net'
import { addRecord } from '#src/environment/record.js'
import { leaseBlock, readBlocks } from '#src/leases/blocks.js'
import { leasePorts, type PortLease, readPorts } from '#src/ports/lease.js'
import type { Moved } from '#src/ports/moved.js'
import { openMachineState, openProjectState } from '#src/state/databases.js'
import { temporaryFolder } from '../../support/temp.js'

const range = { base: 21000, size: 10, limit: 21099 }
const web: PortRequest = { service: 'web', port: 80, protocol: 'tcp' }

describe('leasePorts', () => {
  let lease: PortLease
  let servers: Server[] = []
  beforeEach(function () {
    const folder = temporaryFolder(this)
    process.env['XDG_STATE_HOME'] = folder
    const [state, machine] = [openProjectState(folder), openMachineState()]
    const owner = { project: folder, subject: 'environment:a' }
    const { id } = addRecord(state, { name: 'a', branch: 'a', path: `${folder}/a` })
    leaseBlock(machine, { owner, id, range })
    lease = { state, machine, block: id, owner, range, pinned: {} }
  })
  afterEach(async () => {
    await Promise.all(servers.map(server => new Promise(done => server.close(done))))
    servers = []
    lease.state.close()
    lease.machine.close()
  })

  it('records the assigned ports, and keeps returning them', async () => {
    expect(await leasePorts(lease, [web])).to.deep.equal({ 'web:80/tcp': 21010 })
    await listen(21010)
    expect(await leasePorts(lease, [web])).to.deep.equal({ 'web:80/tcp': 21010 })
    expect(readPorts(lease.state, lease.owner.subject)).to.deep.equal({ 'web:80/tcp': 21010 })
  })

  it('avoids ports that a program listens on, on any address', async () => {
    await listen(21010)
    await listen(21011, '0.0.0.0')
    expect(await leasePorts(lease, [web])).to.deep.equal({ 'web:80/tcp': 21012 })
  })

  it('reports ports that differ from the first choice because a program listens there', async () => {
    await listen(21010)
    const moved: Moved[] = []
    const recording = { ...lease, onMoved: (one: Moved) => void moved.push(one) }
    const sibling: PortRequest = { service: 'web', port: 90, protocol: 'tcp' }
    await leasePorts(recording, [web, sibling])
    expect(moved).to.deep.equal([
      { service: 'web', port: 80, wanted: 21010, given: 21011, by: 'another program' },
      { service: 'web', port: 90, wanted: 21010, given: 21012, by: 'another program' },
    ])
    await leasePorts(recording, [web])
    await listen(21015)
    await leasePorts(recording, [{ service: 'exact', port: 5, protocol: 'tcp', exact: true }])
    expect(moved).to.have.length(2)
  })

  it('does not report a port that a sibling environment has', async () => {
    const moved: Moved[] = []
    const recording = { ...lease, onMoved: (one: Moved) => void moved.push(one) }
    await leasePorts(recording, [web, { service: 'web', port: 90, protocol: 'tcp' }])
    expect(moved).to.deep.equal([])
  })

  it('refuses a pinned port that a program listens on', async () => {
    await listen(21055)
    const error = await leasePorts({ ...lease, pinned: { 'web:80/tcp': 21055 } }, [web]).catch(
      (e: unknown) => e,
    )
    expect(error).to.have.property(
      'message',
      'Port 21055, asked for with --port for web:80/tcp, is taken by another program',
    )
  })

  it('leases another block if one is not enough', async () => {
    const wanted = Array.from({ length: 12 }, (_, n): PortRequest => ({
      service: 's',
      port: n + 1,
      protocol: 'tcp',
    }))
    const ports = await leasePorts(lease, wanted)
    expect(Object.keys(ports)).to.have.length(12)
    expect(readBlocks(lease.machine, lease.owner)).to.have.length(2)
  })

  it('says when the range is exhausted', async () => {
    const wanted = Array.from({ length: 120 }, (_, n): PortRequest => ({
      service: 's',
      port: n + 1,
      protocol: 'tcp',
    }))
    const error = await leasePorts(lease, wanted).catch((e: unknown) => e)
    expect(error).to.have.nested.property('details.code', 'PORTS_EXHAUSTED')
    expect(readPorts(lease.state, lease.owner.subject)).to.deep.equal({})
  })

  async function listen(port: number, host = '127.0.0.1'): Promise<void> {
    const server = createServer()
    servers.push(server)
    await new Promise<void>((done, fail) => server.once('error', fail).listen(port, host, done))
  }
})
