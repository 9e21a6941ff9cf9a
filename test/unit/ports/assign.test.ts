import type { PortRequest } from '@piko/sdk'
import { expect } from 'chai'
import fc from 'fast-check'
import { assignPorts, portKey } from '#src/ports/assign.js'

const block = { base: 10100, size: 100 }
const none: ReadonlySet<string> = new Set()

const request = fc.record({
  service: fc.constantFrom('web', 'db', 'redis', 'api', 'my-service'),
  port: fc.integer({ min: 1, max: 65535 }),
  protocol: fc.constantFrom('tcp' as const, 'udp' as const),
})
const requests = fc.uniqueArray(request, { selector: portKey, maxLength: 90 })

function assign(wanted: readonly PortRequest[], more: Partial<Parameters<typeof assignPorts>[0]> = {}) {
  return assignPorts({ requests: wanted, assigned: {}, blocks: [block], taken: none, pinned: {}, ...more })
}

describe('assignPorts', () => {
  it('assigns base + port mod size', () => {
    const { ports } = assign([
      { service: 'db', port: 5432, protocol: 'tcp', preferred: 5432 },
      { service: 'web', port: 80, protocol: 'tcp', preferred: 8080 },
      { service: 'worker', port: 9000, protocol: 'tcp' },
    ])
    expect(ports).to.deep.equal({ 'db:5432/tcp': 10132, 'web:80/tcp': 10180, 'worker:9000/tcp': 10100 })
  })

  it('assigns the next free port on a collision, wrapping at the end of the block', () => {
    const { ports } = assign([
      { service: 'a', port: 99, protocol: 'tcp' },
      { service: 'b', port: 199, protocol: 'tcp' },
    ])
    expect(ports).to.deep.equal({ 'a:99/tcp': 10199, 'b:199/tcp': 10100 })
  })

  it('lets a TCP and a UDP port share a number', () => {
    const { ports } = assign([
      { service: 'dns', port: 53, protocol: 'tcp' },
      { service: 'dns', port: 53, protocol: 'udp' },
    ])
    expect(ports).to.deep.equal({ 'dns:53/tcp': 10153, 'dns:53/udp': 10153 })
  })

  it('avoids ports that are taken, pinned elsewhere or blocked by browsers', () => {
    const wanted: PortRequest[] = [{ service: 'web', port: 80, protocol: 'tcp' }]
    expect(assign(wanted, { taken: new Set(['10180/tcp']) }).ports).to.deep.equal({ 'web:80/tcp': 10181 })
    expect(assign(wanted, { pinned: { 'db:1/tcp': 10180 } }).ports).to.deep.equal({ 'web:80/tcp': 10181 })
    expect(assign(wanted, { blocks: [{ base: 10000, size: 100 }] }).ports).to.deep.equal({
      'web:80/tcp': 10081,
    })
  })

  it('assigns a pinned port, wherever it is', () => {
    const wanted: PortRequest[] = [{ service: 'db', port: 5432, protocol: 'tcp' }]
    expect(assign(wanted, { pinned: { 'db:5432/tcp': 20000 } }).ports).to.deep.equal({ 'db:5432/tcp': 20000 })
  })

  it('never assigns a port twice or outside the block', () => {
    fc.assert(
      fc.property(requests, wanted => {
        const entries = Object.entries(assign(wanted).ports)
        const claimed = entries.map(([key, port]) => `${port}/${key.split('/')[1]}`)
        expect(new Set(claimed).size).to.equal(wanted.length)
        for (const [, port] of entries) expect(port).to.be.within(10100, 10199)
      }),
    )
  })

  it('does not depend on the order of the requests', () => {
    fc.assert(
      fc.property(requests, wanted => {
        expect(assign([...wanted].reverse())).to.deep.equal(assign(wanted))
      }),
    )
  })

  it('keeps assigned ports when services are added or removed', () => {
    fc.assert(
      fc.property(requests, requests, (before, after) => {
        const first = assign(before).ports
        const second = assign(after, { assigned: first }).ports
        expect(second).to.include(first)
      }),
    )
  })

  it('reports what does not fit, and assigns it a port in another block', () => {
    const wanted = Array.from({ length: 101 }, (_, n): PortRequest => ({
      service: 's',
      port: n + 1,
      protocol: 'tcp',
    }))
    const { unplaced } = assign(wanted)
    expect(unplaced).to.have.length(1)
    const more = assign(wanted, { blocks: [block, { base: 10500, size: 100 }] })
    expect(more.unplaced).to.deep.equal([])
    expect(Math.max(...Object.values(more.ports))).to.be.at.least(10500)
  })
})
