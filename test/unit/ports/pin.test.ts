import { expect } from 'chai'
import { parsePins } from '#src/ports/pin.js'

describe('parsePins', () => {
  it('reads SERVICE:PORT=N, with an optional protocol', () => {
    expect(parsePins(['db:5432=10199', 'dns:53/udp=10153'])).to.deep.equal({
      'db:5432/tcp': 10199,
      'dns:53/udp': 10153,
    })
  })

  for (const text of [
    'db',
    'db:5432',
    'db=1',
    'db:x=1',
    'db:1=99999',
    'db:0=1',
    ':1=2',
    'db:1=2=3',
    'db:1/icmp=2',
  ]) {
    it(`refuses ${text}`, () => {
      expect(() => parsePins([text])).to.throw(`--port ${text} is not SERVICE:PORT=HOST_PORT`)
    })
  }

  it('refuses a port named twice', () => {
    expect(() => parsePins(['db:1=2', 'db:1=3'])).to.throw('--port db:1=3 is not')
  })
})
