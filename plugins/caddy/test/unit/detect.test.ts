import { expect } from 'chai'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { detect } from '#caddy/detect.js'
import { composeFile, proxyFolder } from '#caddy/proxy/place.js'

const viewOf = (text: string | undefined) => ({
  root: '/app',
  exists: async () => false,
  readText: async () => text,
})

describe('caddy: the proxy is active for', () => {
  afterEach(() => {
    delete process.env['PIKO_NO_PROXY']
    rmSync(proxyFolder(), { recursive: true, force: true })
  })

  it('no project by default', async () => {
    expect((await detect(viewOf(undefined))).wanted).to.equal(false)
    expect((await detect(viewOf('project: x # caddy: {}\n'))).wanted).to.equal(false)
  })

  it('a project with a section, and every project on a machine with a proxy', async () => {
    expect((await detect(viewOf('project: x\ncaddy: {}\n'))).wanted).to.equal(true)
    mkdirSync(proxyFolder(), { recursive: true })
    writeFileSync(composeFile(), '')
    expect(await detect(viewOf(undefined))).to.deep.equal({
      wanted: true,
      because: 'this machine has a proxy',
    })
  })

  it('no project if PIKO_NO_PROXY is set', async () => {
    process.env['PIKO_NO_PROXY'] = '1'
    expect((await detect(viewOf('caddy: {}\n'))).wanted).to.equal(false)
  })
})
