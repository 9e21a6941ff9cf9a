import { expect } from 'chai'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type Registry, startRegistry } from '../../sandbox/registry.js'
import { temporaryFolder } from '../../support/temp.js'
import { makePluginSandbox, type PluginSandbox } from '../contract/support/plugin-sandbox.js'
import { npm } from './support/bed.js'

describe('piko plugin new', function () {
  let sandbox: PluginSandbox
  let folder = ''
  before(function () {
    sandbox = makePluginSandbox(this, [])
  })
  beforeEach(function () {
    folder = temporaryFolder(this)
  })

  it('creates a package that uses the given name throughout', () => {
    const { code, stdout } = sandbox.piko(['plugin', 'new', 'night-owl', '--json'], { cwd: folder })
    expect(code).to.equal(0)
    const answer = JSON.parse(stdout) as { folder: string; files: readonly string[] }
    expect(answer.folder).to.equal(join(folder, 'piko-plugin-night-owl'))
    expect(answer.files).to.include.members(['.gitignore', 'package.json', 'src/commands/night-owl.ts'])
    const texts = answer.files.map(file => readFileSync(join(answer.folder, file), 'utf8'))
    expect(texts.filter(text => /template.?name|sdk-version/i.test(text))).to.deep.equal([])
    expect(texts.some(text => text.includes('class NightOwl extends PikoCommand'))).to.equal(true)
    expect(texts.some(text => text.includes("id: 'night-owl:set-up'"))).to.equal(true)
    expect(texts.some(text => text.includes("title: 'Setting up night-owl'"))).to.equal(true)
    expect(answer.files).to.include('src/steps/set-up-night-owl.ts')
    expect(texts.filter(text => /\bnote\b/i.test(text))).to.deep.equal([])
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
    expect(packageAt(answer.folder).dependencies['@piko/sdk']).to.equal(`^${version}`)
  })

  it('derives the plugin’s name from the package’s', () => {
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

  it('refuses an existing folder', () => {
    mkdirSync(join(folder, 'piko-plugin-owl'))
    const { code, stderr } = sandbox.piko(['plugin', 'new', 'owl'], { cwd: folder })
    expect(code).to.equal(5)
    expect(stderr).to.contain('already exists; nothing was changed')
  })

  it('does not accept --local with --sdk', () => {
    const { code } = sandbox.piko(['plugin', 'new', 'owl', '--local', '--sdk', '^1'], { cwd: folder })
    expect(code).to.equal(2)
    expect(existsSync(join(folder, 'piko-plugin-owl'))).to.equal(false)
  })

  describe('if no registry has @piko/sdk', () => {
    let registry: Registry
    before(async function () {
      registry = await startRegistry(this, { hasSdk: false })
    })
    after(() => registry?.stop())

    it('passes its tests with --local, and its tarball includes the SDK', () => {
      const env = { ...process.env, ...registry.env }
      const { code } = sandbox.piko(['plugin', 'new', 'owl', '--local'], { cwd: folder })
      expect(code).to.equal(0)
      const root = join(folder, 'piko-plugin-owl')
      npm(root, env, 'install')
      expect(npm(root, env, 'test')).to.match(/^ℹ pass 9\nℹ fail 0$/m)
      const packed = npm(root, env, 'pack', '--json', '--silent')
      const [{ files }] = JSON.parse(packed.slice(packed.indexOf('[\n'))) as [{ files: { path: string }[] }]
      expect(files.map(({ path }) => path)).to.include('node_modules/@piko/sdk/dist/index.js')
    })

    it('passes its tests unchanged', () => {
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
