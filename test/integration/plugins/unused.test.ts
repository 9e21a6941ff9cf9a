import { expect } from 'chai'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makePluginSandbox, type PluginSandbox } from '../contract/support/plugin-sandbox.js'
import { pluginModule, writePackage } from './support/package.js'

const name = 'piko-plugin-owl'
const events = ['init', 'prerun', 'postrun', 'finally', 'command_not_found', 'preparse']

/** A plugin whose every file notes that it ran, linked or installed with npm. */
function noisyPackage({ folder }: PluginSandbox): { readonly root: string; readonly ran: () => string } {
  const log = join(folder, 'ran')
  const note = (what: string) =>
    `(await import('node:fs')).appendFileSync(${JSON.stringify(log)}, '${what}\\n')\n`
  const hook = (event: string) =>
    `${note(`import ${event}`)}export default async () => { ${note(`hook ${event}`)} }\n`
  const command = `${note('import hoot')}export default class { static async run() { ${note('hoot')} } }\n`
  const root = writePackage(folder, {
    name,
    module: note('plugin') + pluginModule('owl'),
    manifest: {
      oclif: {
        commands: './commands',
        hooks: Object.fromEntries(events.map(event => [event, `./${event}.js`])),
      },
    },
    files: {
      ...Object.fromEntries(events.map(event => [`${event}.js`, hook(event)])),
      'commands/hoot.js': command.replace('extends Command ', ''),
    },
  })
  return { root, ran: () => (existsSync(log) ? readFileSync(log, 'utf8') : '') }
}

const others = [
  ['doctor'],
  ['create', 'one'],
  ['list', '--live'],
  ['status', 'one'],
  ['help'],
  ['create', '--help'],
  ['crate'],
  ['config', 'check'],
  ['config', 'schema'],
  ['autocomplete', 'bash'],
  ['plugins'],
  ['destroy', 'one', '--yes', '--force'],
]

describe('an installed plugin that the project does not use', function () {
  for (const way of ['link --no-install', 'install']) {
    it(`runs nothing when it is installed, and nothing outside its own commands: plugins ${way}`, function () {
      const sandbox = makePluginSandbox(this, [])
      writeFileSync(join(sandbox.project, '.piko.yml'), 'plugins: []\n')
      const { root, ran } = noisyPackage(sandbox)
      sandbox.pikoWell('plugins', ...way.split(' '), root)
      expect(ran()).to.equal('')
      for (const words of others) {
        sandbox.piko(words)
        expect(ran(), `piko ${words.join(' ')}`).to.equal('')
      }
      sandbox.piko(['hoot'])
      expect(ran()).to.contain('import hoot').and.to.contain('hook init')
    })
  }

  it('runs once .piko.yml names it, and as long as it has something to undo', function () {
    const sandbox = makePluginSandbox(this, [])
    const { root, ran } = noisyPackage(sandbox)
    sandbox.pikoWell('plugins', 'link', '--no-install', root)
    writeFileSync(join(sandbox.project, '.piko.yml'), 'plugins: [owl]\n')
    sandbox.pikoWell('create', 'one')
    expect(ran()).to.contain('plugin\n').and.to.contain('hook init')
    writeFileSync(join(sandbox.project, '.piko.yml'), 'plugins: []\n')
    rmSync(join(sandbox.folder, 'ran'))
    sandbox.pikoWell('destroy', 'one', '--yes', '--force')
    expect(ran()).to.equal('plugin\n')
    rmSync(join(sandbox.folder, 'ran'))
    sandbox.pikoWell('doctor')
    expect(ran()).to.equal('')
  })
})
