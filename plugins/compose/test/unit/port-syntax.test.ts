import { expect } from 'chai'
import { findMalformed } from '#compose/validation/port-syntax.js'

describe('compose: a malformed port is reported with its file and service', () => {
  const facts = { files: ['compose.yaml'], service: 'web' }
  const malformed = {
    '80:abc': 'abc is not a port from 1 to 65535',
    '99999:80': '99999 is not a port from 0 to 65535',
    '80:70000': '70000 is not a port',
    '80:0': '0 is not a port from 1',
    '-1:80': '-1 is not a port',
    '9-8:80': '9-8 is not a port',
    '80:80:80:80': 'a mapping is [ADDRESS:]',
    '300.1.1.1:80:80': '300.1.1.1 is not an address',
    '80/foo': 'foo is not a protocol',
    '8000-8001:80-85': 'whose two ranges differ in length',
  }
  for (const [port, says] of Object.entries(malformed)) {
    it(port, () => {
      expect(findMalformed(port, facts)?.message)
        .to.contain(`Service web publishes ${port}`)
        .and.contain(says)
    })
  }
  const sound = [
    '80',
    '80:80',
    '0:80',
    '127.0.0.1::80',
    '[::1]:81:81/udp',
    '8100-8110:80',
    '3-5:3-5/sctp',
    '${P}:80',
  ]
  for (const port of sound) {
    it(`${port} is valid`, () => expect(findMalformed(port, facts)).to.equal(undefined))
  }
})
