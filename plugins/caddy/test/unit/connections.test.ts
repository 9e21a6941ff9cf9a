import { expect } from 'chai'
import { countIn } from '#caddy/proxy/connections.js'

/** Read from a real proxy. */
const table = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:07E4 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1 1 0 100 0 0 10 0
   1: 0200D20A:A3F2 0300D20A:0050 01 00000000:00000000 00:00000000 00000000     0        0 2 1 0 20 4 30 10 -1
   2: 0200D20A:A3F4 0300D20A:0050 01 00000000:00000000 00:00000000 00000000     0        0 3 1 0 20 4 30 10 -1
   3: 0200D20A:A3F6 0300D20A:0050 06 00000000:00000000 03:00000A0D 00000000     0        0 0 3 0
   4: 0200D20A:A3F8 0300D20A:1F90 01 00000000:00000000 00:00000000 00000000     0        0 5 1 0 20 4 30 10 -1
`

describe('caddy: connections', () => {
  it('counts the established ones to an address and port', () => {
    const count = (address: string, port: number) => countIn(table, { address, port })
    expect(count('10.210.0.3', 80)).to.equal(2)
    expect(count('10.210.0.3', 8080)).to.equal(1)
    expect(count('10.210.0.4', 80)).to.equal(0)
  })
})
