import { expect } from 'chai'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Registry, startRegistry } from '../../sandbox/registry.js'
import { temporaryFolder } from '../../support/temp.js'
import { makePluginSandbox, type PluginSandbox } from '../contract/support/plugin-sandbox.js'
import { npm } from './support/bed.js'
import { writePackage } from './support/package.js'

describe('piko plugins install, from disk', function () {
  let sandbox: PluginSandbox
  let folder: string
  beforeEach(function () {
    sandbox = makePluginSandbox(this, [])
    folder = temporaryFolder(this)
  })
  const pack = (name: string, more: Partial<Parameters<typeof writePackage>[1]> = {}) => {
    const root = writePackage(folder, { name, ...more })
    return join(folder, npm(root, process.env, 'pack', '--silent', '--pack-destination', folder).trim())
  }

  it('accepts paths of tarballs, as npm does', () => {
    pack('piko-plugin-owl')
    const bat = pack('piko-plugin-bat')
    const { stdout, code } = sandbox.piko(
      ['plugins', 'install', './piko-plugin-owl-1.2.3.tgz', bat, '--json'],
      {
        cwd: folder,
      },
    )
    expect(code).to.equal(0)
    expect(JSON.parse(stdout)).to.deep.include({
      installed: [
        { name: 'piko-plugin-owl', version: '1.2.3' },
        { name: 'piko-plugin-bat', version: '1.2.3' },
      ],
    })
    expect(sandbox.pikoWell('plugins'))
      .to.contain('piko-plugin-bat 1.2.3')
      .and.contain('piko-plugin-owl 1.2.3')
  })

  it('accepts paths of folders', () => {
    for (const name of ['piko-plugin-owl', 'piko-plugin-bat']) writePackage(folder, { name })
    for (const path of ['./piko-plugin-owl', './piko-plugin-bat'])
      expect(sandbox.piko(['plugins', 'install', path], { cwd: folder })).to.include({ code: 0 })
    expect(sandbox.pikoWell('plugins'))
      .to.contain('piko-plugin-bat 1.2.3')
      .and.contain('piko-plugin-owl 1.2.3')
    sandbox.pikoWell('plugins', 'uninstall', 'piko-plugin-owl')
    expect(sandbox.pikoWell('plugins')).not.to.contain('owl')
  })

  it('names a path that does not exist', () => {
    const { code, stderr } = sandbox.piko(['plugins', 'install', './owl.tgz'])
    expect(code).to.equal(2)
    expect(stderr).to.contain(`There is no tarball or folder ${join(sandbox.project, 'owl.tgz')}`)
  })

  it('reports that npm cannot be reached, with a hint', () => {
    const { code, stderr } = sandbox.piko(['plugins', 'install', 'piko-plugin-owl'], {
      env: { PIKO_NPM_REGISTRY: 'http://127.0.0.1:9/' },
    })
    expect(code).to.equal(4)
    expect(stderr).to.contain('npm could not install piko-plugin-owl').and.to.contain('PLUGIN_INSTALL_FAILED')
    expect(stderr).to.contain('`piko plugins install piko-plugin-owl --verbose`')
  })

  it('refuses a package that is not a plugin, and installs nothing', () => {
    const { code, stderr } = sandbox.piko([
      'plugins',
      'install',
      pack('thing', { manifest: { oclif: undefined } }),
    ])
    expect(code).to.equal(6)
    expect(stderr).to.contain('thing 1.2.3 is not a plugin: its package.json has no `oclif` field')
    expect(sandbox.pikoWell('plugins')).to.contain('No plugins installed')
  })

  it('says that a package without a `piko` field is not used by piko', () => {
    const tarball = pack('thing', { manifest: { piko: undefined } })
    const { code, stderr } = sandbox.piko(['plugins', 'install', tarball])
    expect(code).to.equal(0)
    expect(stderr).to.contain('! thing 1.2.3 has no `piko` field in its package.json')
  })

  for (const [problem, manifest] of [
    ['is made for API 2 of piko; this piko has API 1', { piko: { api: 2, plugin: './plugin.js' } }],
    ['`piko.plugin` leaves the package', { piko: { api: 1, plugin: './../plugin.js' } }],
    ['it has piko for a peer', { peerDependencies: { piko: '^0.1.0' } }],
    ['it depends on piko', { dependencies: { piko: '^0.1.0' } }],
  ] as const) {
    it(`refuses before installing: ${problem}`, () => {
      const { code, stderr } = sandbox.piko(['plugins', 'install', pack('piko-plugin-owl', { manifest })])
      expect(code).to.equal(6)
      expect(stderr)
        .to.contain('piko-plugin-owl 1.2.3')
        .and.contain(problem)
        .and.contain('Nothing was installed')
      expect(sandbox.pikoWell('plugins')).to.contain('No plugins installed')
    })
  }

  it('runs none of its code: a faulty module is reported by the first project that uses it', () => {
    const tarball = pack('piko-plugin-owl', { module: 'export default {' })
    sandbox.pikoWell('plugins', 'install', tarball)
    writeFileSync(join(sandbox.project, '.piko.yml'), 'plugins: [owl]\n')
    const { code, stderr } = sandbox.piko(['create', 'one'])
    expect(code).to.equal(6)
    expect(stderr).to.contain('piko-plugin-owl 1.2.3 cannot be loaded')
    expect(stderr).to.contain('`piko plugins uninstall piko-plugin-owl`')
  })

  it('does not run install scripts, unless allowed', () => {
    const trace = join(folder, 'trace')
    const scripts = { postinstall: `touch ${trace}` }
    const tarball = pack('piko-plugin-owl', { manifest: { scripts } })
    const { stderr } = sandbox.piko(['plugins', 'install', tarball])
    expect(existsSync(trace)).to.equal(false)
    expect(stderr).to.contain('! piko-plugin-owl 1.2.3 has install scripts, which did not run')
    sandbox.pikoWell('plugins', 'update')
    expect(existsSync(trace)).to.equal(false)
    sandbox.pikoWell('plugins', 'uninstall', 'piko-plugin-owl')
    sandbox.pikoWell('plugins', 'install', tarball, '--allow-scripts')
    expect(existsSync(trace)).to.equal(true)
  })

  it('reserves the names of bundled plugins, unless allowed to replace them', () => {
    const tarball = pack('@piko/plugin-compose')
    const { code, stderr } = sandbox.piko(['plugins', 'install', tarball])
    expect(code).to.equal(6)
    expect(stderr).to.contain('@piko/plugin-compose 1.2.3 would replace')
    expect(stderr).to.contain('`--allow-override`')
    const linked = sandbox.piko(['plugins', 'link', '--no-install', join(folder, '@piko__plugin-compose')])
    expect(linked).to.include({ code: 6 })
    expect(sandbox.pikoWell('plugins')).to.contain('No plugins installed')
    sandbox.pikoWell('plugins', 'install', tarball, '--allow-override')
    expect(sandbox.pikoWell('plugins')).to.contain('@piko/plugin-compose 1.2.3')
  })

  it('does not let another package take the short name of a bundled plugin', () => {
    const { code, stderr } = sandbox.piko(['plugins', 'install', pack('piko-plugin-compose')])
    expect(code).to.equal(6)
    expect(stderr).to.contain('@piko/plugin-compose and piko-plugin-compose are both the plugin compose')
  })
})

describe('piko plugins install, by name', function () {
  let registry: Registry
  before(async function () {
    registry = await startRegistry(this)
  })
  after(() => registry?.stop())

  it('refuses a package that cannot be a plugin before installing it', function () {
    const sandbox = makePluginSandbox(this, [])
    Object.assign(sandbox.env, registry.env)
    const manifest = { peerDependencies: { piko: '*' } }
    registry.publish(writePackage(sandbox.folder, { name: 'piko-plugin-owl', manifest }))
    const { code, stderr } = sandbox.piko(['plugins', 'install', 'piko-plugin-owl'])
    expect(code).to.equal(6)
    expect(stderr).to.contain('piko-plugin-owl 1.2.3').and.contain('Nothing was installed')
    expect(existsSync(join(String(sandbox.env['XDG_DATA_HOME']), 'piko', 'node_modules'))).to.equal(false)
  })

  it('reports a package that the registry does not have', function () {
    const sandbox = makePluginSandbox(this, [])
    Object.assign(sandbox.env, registry.env)
    const { code, stderr } = sandbox.piko(['plugins', 'install', 'piko-plugin-nobody'])
    expect(code).to.equal(2)
    expect(stderr).to.contain('The npm registry has no package piko-plugin-nobody; nothing was installed')
    expect(stderr).to.contain('PLUGIN_PACKAGE_UNKNOWN').and.to.contain('`npm search piko-plugin`')
  })
})
