import { expect } from 'chai'
import fc from 'fast-check'
import { findHostPorts, withPorts } from '#compose/pointers/host-ports.js'

const port = fc.integer({ min: 1, max: 65_535 })
const host = fc.constantFrom(
  'localhost',
  '127.0.0.1',
  '[::1]',
  '0.0.0.0',
  'web.localhost',
  'host.docker.internal',
)

describe('ports of this machine in a text', () => {
  it('are found under every name of the machine, whatever surrounds them', () => {
    const before = fc.constantFrom('', 'http://', 'postgres://u:p@', '--api=', 'a, ', '"', '(')
    const after = fc.constantFrom('', '/', '/v1?x=1', ' rest', ',', '"', ')', ';')
    fc.assert(
      fc.property(fc.tuple(before, after), host, port, ([start, end], name, number) => {
        const text = `${start}${name}:${number}${end}`
        expect(findHostPorts(text).map(found => found.port)).to.deep.equal([number])
      }),
    )
  })

  it('are not found in a text that merely contains the number', () => {
    const stranger = fc.constantFrom(
      (n: number) => `${n}`,
      (n: number) => `db:${n}`,
      (n: number) => `http://api:${n}/`,
      (n: number) => `localhost:1${n}`,
      (n: number) => `localhost:${n}0`,
      (n: number) => `notlocalhost:${n}`,
      (n: number) => `my-localhost:${n}`,
      (n: number) => `localhost.example:${n}`,
      (n: number) => `10.127.0.0.1:${n}`,
      (n: number) => `127.0.0.1.5:${n}`,
      (n: number) => `localhost-${n}`,
      (n: number) => `localhost ${n}`,
      (n: number) => `localhost:${n}px`,
    )
    fc.assert(
      fc.property(stranger, fc.integer({ min: 1000, max: 9999 }), (text, number) => {
        expect(findHostPorts(text(number)).map(found => found.port)).not.to.include(number)
      }),
    )
    fc.assert(
      fc.property(
        fc.string().filter(text => !/localhost|127\.0|0\.0\.0|::1|docker\.internal/i.test(text)),
        text => {
          expect(findHostPorts(text)).to.deep.equal([])
        },
      ),
    )
  })

  it('include the default port of a URL', () => {
    const ports = (text: string) => findHostPorts(text).map(found => found.port)
    expect(ports('http://localhost')).to.deep.equal([80])
    expect(ports('https://shop.localhost/a')).to.deep.equal([443])
    expect(ports('http://localhost.example')).to.deep.equal([])
    expect(ports('http://localhost:3000,http://localhost:3001')).to.deep.equal([3000, 3001])
  })

  it('can be replaced without changing anything else', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(host, port), { maxLength: 4 }), fc.string(), (pairs, rest) => {
        const text = pairs.map(([name, number]) => `http://${name}:${number}/ `).join('') + rest
        const places = findHostPorts(text).map(place => ({
          ...place,
          replacement: text.slice(place.start, place.end),
        }))
        const written = places.filter(({ start, end }) => start !== end)
        expect(withPorts(text, written, part => part)).to.equal(text)
      }),
    )
  })
})
