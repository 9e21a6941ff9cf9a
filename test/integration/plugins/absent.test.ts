import { expect } from 'chai'
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Registry, startRegistry } from '../../sandbox/registry.js'
import { temporaryFolder } from '../../support/temp.js'
import { PIKO } from '../../sandbox/piko.js'
import { makePluginSandbox, type PluginSandbox } from '../contract/support/plugin-sandbox.js'
import { writePackage } from './support/package.js'

const config = 'plugins: [owl]\nowl: { text: hello }\n'

describe('a plugin that .piko.yml names but that is not installed', function () {
  let sandbox: PluginSandbox
  beforeEach(function () {
    sandbox = makePluginSandbox(this, [])
    writeFileSync(join(sandbox.project, '.piko.yml'), config)
  })

  it('is refused by `create`, with the command that installs it', () => {
    const { code, stderr } = sandbox.piko(['create', 'one'])
    expect(stderr).to.equal(
      `✗ The plugin owl, named in .piko.yml, is not installed
  PLUGIN_MISSING
  .piko.yml:1:11  plugins[0]
↳ To install it, run \`piko plugins install piko-plugin-owl\`
`,
    )
    expect(code).to.equal(6)
    expect(sandbox.pikoJson<{ environments: unknown[] }>('list').environments).to.deep.equal([])
  })

  it('is installed by its package name if .piko.yml uses that', () => {
    writeFileSync(join(sandbox.project, '.piko.yml'), "plugins: ['@acme/piko-plugin-owl', piko-plugin-bat]\n")
    expect(sandbox.piko(['create', 'one']).stderr).to.contain(
      '`piko plugins install @acme/piko-plugin-owl piko-plugin-bat`',
    )
  })

  it('is reported by `config check`, with its line, and by `doctor`', () => {
    for (const words of [['config', 'check'], ['doctor']]) {
      const { code, stdout, stderr } = sandbox.piko(words)
      expect(code, words.join(' ')).not.to.equal(0)
      expect(stdout + stderr).to.contain('.piko.yml:1:11  plugins[0]')
      expect(stdout + stderr).to.contain('`piko plugins install piko-plugin-owl`')
    }
  })

  it('does not affect other commands', () => {
    writeFileSync(join(sandbox.project, '.piko.yml'), 'plugins: []\n')
    sandbox.pikoWell('create', 'one')
    writeFileSync(join(sandbox.project, '.piko.yml'), config)
    for (const command of ['status one', 'list', 'env one', 'path one', 'plugins', 'config show', 'down one'])
      sandbox.pikoWell(...command.split(' '))
    expect(sandbox.piko(['up', 'one'])).to.include({ code: 6 })
    sandbox.pikoWell('destroy', 'one', '--yes')
  })

  it('need not be installed if it is off', () => {
    writeFileSync(join(sandbox.project, '.piko.yml'), 'plugins: { owl: false }\n')
    sandbox.pikoWell('config', 'check')
  })

  describe('on a terminal', () => {
    let registry: Registry
    before(async function () {
      registry = await startRegistry(this)
      registry.publish(writePackage(temporaryFolder(this), { name: 'piko-plugin-owl', module }))
    })
    after(() => registry?.stop())

    it('is installed by `create` after a yes, and becomes active', () => {
      Object.assign(sandbox.env, registry.env)
      const output = createOnTerminal(sandbox, 'y')
      expect(output).to.contain('.piko.yml names owl, not installed:')
      expect(output).to.contain('piko-plugin-owl 1.2.3: no description').and.contain('  dependencies: none')
      expect(output).to.match(/ {2}published: \d{4}-\d\d-\d\d/)
      expect(output).to.contain('Install piko-plugin-owl? [y/N]')
      expect(output).to.contain('✓ owl says hello')
      expect(output).to.contain('✓ Environment ready')
      expect(sandbox.pikoWell('plugins')).to.contain('piko-plugin-owl 1.2.3')
    })

    it('is not installed after a no', () => {
      Object.assign(sandbox.env, registry.env)
      const output = createOnTerminal(sandbox, 'n')
      expect(output).to.contain('PLUGIN_MISSING')
      expect(sandbox.pikoWell('plugins')).to.contain('No plugins installed')
    })
  })
})

/** A plugin with a section and its schema, whose step prints the section. */
const module = `
const step = {
  id: 'owl:say', title: 'Saying', phase: 'prepare',
  do: async ({ config }) => ({ text: config.text }), undo: async () => {},
  report: ({ text }) => \`owl says \${text}\`,
}
const schema = { '~standard': { version: 1, vendor: 'owl', validate: value => ({ value }) } }
const jsonSchema = () => ({ type: 'object', properties: { text: { type: 'string' } } })
export default { name: 'owl', summary: 'Says', config: { schema, jsonSchema }, steps: [step] }
`

/** `script` gives piko a terminal; the input is there before it asks. */
function createOnTerminal({ project, env }: PluginSandbox, answer: string): string {
  const command = `${PIKO.join(' ')} create one`
  const options = { cwd: project, env, input: `${answer}\n`, encoding: 'utf8' } as const
  const { stdout, error } = spawnSync('script', ['--quiet', '--command', command, '/dev/null'], options)
  if (error) throw error
  return stdout
}
