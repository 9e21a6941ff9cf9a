import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { portTaken } from '#caddy/proxy/free-port.js'
import { temporaryFolder } from '#test/support/temp.js'

describe('a taken port of the proxy', () => {
  const path = process.env['PATH']
  afterEach(() => (process.env['PATH'] = path))

  it('suggests an installed tool that shows the listener, or none', function () {
    process.env['PATH'] = temporaryFolder(this)
    const said = () => portTaken(8080).details.hints?.join('\n')
    expect(said()).not.to.contain('To see which')
    writeFileSync(join(process.env['PATH'], 'lsof'), '')
    expect(said()).to.contain('`lsof -nP -iTCP:8080 -sTCP:LISTEN`')
    writeFileSync(join(process.env['PATH'], 'ss'), '')
    expect(said()).to.contain('`ss -ltnp sport = :8080`')
  })
})
