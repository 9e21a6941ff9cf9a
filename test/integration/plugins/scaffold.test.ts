import { expect } from 'chai'
import { mkdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type Registry, startRegistry } from '../../support/registry.js'
import { temporaryFolder } from '../../support/temp.js'
import { makeSandbox, type Sandbox } from '../contract/support/sandbox.js'
import { npm } from './support/bed.js'

describe('piko plugin new', function () {
  this.timeout(120_000)
  let sandbox: Sandbox
  let folder = ''
  before(function () {
    sandbox = makeSandbox(this, [])
  })
  beforeEach(function () {
    folder = temporaryFolder(this)
  })

  it('makes a package whose every name is the one given', () => {
    const { code, stdout } = sandbox.piko(['plugin', 'new', 'night-owl', '--json'], { cwd: folder })
    expect(code).to.equal(0)
    const answer = JSON.parse(stdout) as { folder: string; files: readonly string[] }
    expect(answer.folder).to.equal(join(folder, 'piko-plugin-night-owl'))
    expect(answer.files).to.include.members(['.gitignore', 'package.json', 'src/commands/night-owl.ts'])
    const texts = answer.files.map(file => readFileSync(join(answer.folder, file), 'utf8'))
    expect(texts.filter(text => /template.?name|sdk-version/i.test(text))).to.deep.equal([])
    expect(texts.some(text => text.includes('class NightOwl extends PikoCommand'))).to.equal(true)
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
    expect(packageAt(answer.folder).dependencies['@piko/sdk']).to.equal(`^${version}`)
  })

  it('takes the package’s name for the plugin’s', () => {
    const { stdout } = sandbox.piko(['plugin', 'new', 'piko-plugin-owl', '--json'], { cwd: folder })
    expect(JSON.parse(stdout)).to.include({ name: 'owl' })
  })

  for (const [name, why] of [
    ['Night_Owl', "is no plugin's name"],
    ['../owl', "is no plugin's name"],
    ['compose', 'piko comes with a plugin compose'],
    ['list', '`piko list` is a command already'],
    ['ports', "is piko's own"],
  ] as const) {
    it(`refuses the name ${name}`, () => {
      const { code, stderr } = sandbox.piko(['plugin', 'new', name], { cwd: folder })
      expect(code).to.equal(2)
      expect(stderr).to.contain(why)
    })
  }

  it('refuses a folder that is there', () => {
    mkdirSync(join(folder, 'piko-plugin-owl'))
    const { code, stderr } = sandbox.piko(['plugin', 'new', 'owl'], { cwd: folder })
    expect(code).to.equal(5)
    expect(stderr).to.contain('is there already; nothing was changed')
  })

  describe('with the SDK from a tarball', () => {
    let registry: Registry
    before(async function () {
      registry = await startRegistry(this)
    })
    after(() => registry?.stop())

    it('passes its tests at once', () => {
      const env = { ...process.env, ...registry.env }
      const tarball = npm(resolve('sdk'), env, 'pack', '--silent', '--pack-destination', folder).trim()
      const { code } = sandbox.piko(['plugin', 'new', 'owl', '--sdk', `./${tarball}`], { cwd: folder })
      expect(code).to.equal(0)
      const root = join(folder, 'piko-plugin-owl')
      expect(packageAt(root).dependencies['@piko/sdk']).to.equal(`file:${join(folder, tarball)}`)
      npm(root, env, 'install')
      expect(npm(root, env, 'test')).to.match(/^ℹ pass 9\nℹ fail 0$/m)
    })
  })
})

function packageAt(folder: string) {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    readonly dependencies: Readonly<Record<string, string>>
  }
}
