import { expect } from 'chai'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makePluginSandbox, type PluginSandbox } from '../contract/support/plugin-sandbox.js'
import { type PackageOptions, pluginModule, stepSource, writePackage } from './support/package.js'

const name = 'piko-plugin-owl'
const owl = (more: string) => pluginModule('owl', more)
const steps = (more: string) => owl(`steps: [${stepSource('owl', more)}]`)

/** A sandbox with the plugin linked and no plugin requested in `.piko.yml`. */
function withOwl(context: Mocha.Context, options: Partial<PackageOptions>): PluginSandbox {
  const sandbox = makePluginSandbox(context, [])
  sandbox.pikoWell('plugins', 'link', '--no-install', writePackage(sandbox.folder, { name, ...options }))
  writeFileSync(join(sandbox.project, '.piko.yml'), 'plugins: []\n')
  return sandbox
}

function useOwl({ project }: PluginSandbox): void {
  writeFileSync(join(project, '.piko.yml'), 'plugins: [owl]\n')
}

/** Matches the package with its version, in either form. */
const named = /piko-plugin-owl 1\.2\.3/

describe('an unusable plugin', function () {
  const cases: readonly (readonly [string, Partial<PackageOptions>, string])[] = [
    ['whose `piko` field is no object', { manifest: { piko: true } }, '`piko` is not an object'],
    ['of another API', { manifest: { piko: { api: 2, plugin: './plugin.js' } } }, 'API 2 of piko'],
    ['outside its package', { manifest: { piko: { api: 1, plugin: './../x.js' } } }, 'leaves the package'],
    ['with piko for a peer', { manifest: { peerDependencies: { piko: '*' } } }, 'it has piko for a peer'],
    [
      'with a plugin of piko for a peer',
      { manifest: { peerDependencies: { '@piko/plugin-compose': '*' } } },
      'it has @piko/plugin-compose for a peer',
    ],
    ['with a syntax error', { module: 'export default {' }, 'cannot be loaded'],
    ['without its module', { manifest: { piko: { api: 1, plugin: './gone.js' } } }, 'cannot be loaded'],
    ['with a throwing module', { module: 'throw new Error("boom")' }, 'cannot be loaded: boom'],
    ['with a faulty definition', { module: owl('steps: [{}]') }, 'has 5 faults'],
    [
      'with a schema that throws',
      {
        module: owl(`config: { schema: { '~standard': {} }, jsonSchema() { throw new Error('boom') } }`),
      },
      '`config.jsonSchema` of piko-plugin-owl 1.2.3 failed: boom',
    ],
    [
      'with a migration of other tables',
      { module: owl(`migrations: [{ id: '1-x', sql: 'DROP TABLE environments' }]`) },
      'which belongs to another plugin',
    ],
  ]
  for (const [what, options, problem] of cases) {
    it(`${what}, breaks only projects that name it`, function () {
      const sandbox = withOwl(this, options)
      sandbox.pikoWell('create', 'other')
      sandbox.pikoWell('config', 'check')
      useOwl(sandbox)
      expect(sandbox.piko(['doctor']).stdout).to.contain(problem)
      const { code, stderr } = sandbox.piko(['create', 'one'])
      expect(code).to.equal(6)
      expect(stderr).to.contain(problem).and.match(named)
      for (const words of ['list', 'status other', 'destroy other --yes'])
        sandbox.pikoWell(...words.split(' '))
    })
  }

  it('times out after ten seconds, and is named', function () {
    const sandbox = withOwl(this, { module: 'await new Promise(() => {})' })
    useOwl(sandbox)
    const { code, stderr } = sandbox.piko(['create', 'one'])
    expect(code).to.equal(6)
    expect(stderr).to.contain('its module was not loaded after 10 seconds')
  })

  it("is refused if its name is piko's own", function () {
    const sandbox = withOwl(this, { name: 'piko-plugin-ports' })
    expect(sandbox.piko(['doctor']).stdout).to.contain("the name ports is piko's own")
  })

  it('with one of piko’s commands is reported when it is linked, and by `doctor`', function () {
    const sandbox = makePluginSandbox(this, [])
    const root = writePackage(sandbox.folder, {
      name,
      manifest: { oclif: { commands: './commands' } },
      files: { 'commands/list.js': 'export default class List { async run() {} }' },
    })
    const message = 'piko-plugin-owl 1.2.3 has the command `piko list`, which keeps belonging to piko'
    expect(sandbox.piko(['plugins', 'link', '--no-install', root]).stderr).to.contain(`! ${message}`)
    expect(sandbox.piko(['doctor']).stdout).to.contain(`✗ ${message}`)
    sandbox.pikoWell('list', '--help')
  })

  const section = `config: { schema: { '~standard': { version: 1, vendor: 'owl', validate: value => ({ value }) } }, jsonSchema: () => ({ type: 'object' }) }`
  for (const [what, detect, reason] of [
    ['throws', 'throw new Error("boom")', 'boom'],
    ['returns nonsense', 'return true', 'its answer has no `wanted` and `because`'],
  ] as const) {
    it(`is off if its detection ${what}, and the reason is shown`, function () {
      const sandbox = withOwl(this, { module: owl(`${section}, async detect() { ${detect} }`) })
      writeFileSync(join(sandbox.project, '.piko.yml'), 'owl: {}\n')
      const message = `\`detect\` of piko-plugin-owl 1.2.3 failed: ${reason}`
      expect(sandbox.piko(['create', 'one']).stderr)
        .to.contain('PROJECT_NOTHING_DETECTED')
        .and.contain(message)
      const doctor = sandbox.piko(['doctor'])
      expect(doctor.stdout).to.contain(message)
      expect(doctor.code).to.equal(3)
    })
  }
})

describe('a failing step', function () {
  const cases: readonly (readonly [string, string, number, string])[] = [
    ['throws', steps('do: async () => { throw new Error("boom") }'), 1, 'boom'],
    ['hangs', steps('timeLimit: 0.2, do: ({ signal }) => new Promise((_, no) => signal.addEventListener("abort", no))'), 6, 'The step owl:work did not finish within 0.2 seconds'],
    ['returns what is not JSON', steps('do: async () => ({ at: new Date() })'), 6, 'The step owl:work returned a value that JSON cannot hold'],
    ['returns nothing', steps('do: async () => {}'), 6, 'The step owl:work returned a value that JSON cannot hold'],
    ['writes into other tables', steps('do: async ({ transaction }) => transaction(t => t.run("DELETE FROM journal"))'), 6, 'The plugin owl used the table journal, which belongs to another plugin'],
    ['publishes facts of another plugin', steps('do: async ({ publish }) => publish({ id: "compose.model" }, 1)'), 6, 'which is not its own'],
    ['waits for itself', owl(`steps: [${stepSource('owl', "id: 'owl:a', after: ['owl:b']")}, ${stepSource('owl', "id: 'owl:b', after: ['owl:a']")}]`), 6, 'These steps wait for each other: owl:a → owl:b → owl:a'],
    ['waits for a step of another phase', steps("after: ['core:checkout']"), 6, 'is in another phase (checkout)'],
    ['has variables that throw', owl('contributes: { variables() { throw new Error("boom") } }'), 6, '`contributes.variables` of piko-plugin-owl 1.2.3 failed: boom'],
    ['has columns that are not text', owl('contributes: { columns: () => ({ Age: 7 }) }'), 6, '`contributes.columns` of piko-plugin-owl 1.2.3 failed: Age is not a text'],
  ] // prettier-ignore
  for (const [what, module, exit, problem] of cases) {
    it(`that ${what} is named with its package and version, and leaves nothing with --rollback`, function () {
      const sandbox = withOwl(this, { module })
      useOwl(sandbox)
      const { code, stderr } = sandbox.piko(['create', 'one', '--rollback'])
      expect(stderr).to.contain(problem).and.match(named)
      expect(code).to.equal(exit)
      expect(sandbox.pikoJson<{ environments: unknown[] }>('list').environments).to.deep.equal([])
    })
  }
})

describe('with a broken plugin installed', function () {
  const broken: Readonly<Record<string, Partial<PackageOptions>>> = {
    'a syntax error in its plugin module': { module: 'export default {' },
    'an init hook of oclif that throws': {
      manifest: { oclif: { hooks: { init: './init.js' } } },
      files: { 'init.js': 'export default async function () { this.error("boom") }' },
    },
    'an init hook of oclif that does not parse': {
      manifest: { oclif: { hooks: { init: './init.js' } } },
      files: { 'init.js': 'export default' },
    },
    'a broken oclif.manifest.json': { files: { 'oclif.manifest.json': '{ "commands": ' } },
    'a broken command': {
      manifest: { oclif: { commands: './commands' } },
      files: { 'commands/hoot.js': 'export default' },
    },
  }
  it('names the plugin whose hook failed', function () {
    const sandbox = makePluginSandbox(this, [])
    useOwl(sandbox)
    installBroken(sandbox, broken['an init hook of oclif that throws'] ?? {})
    expect(sandbox.piko(['doctor']).stderr).to.contain(`! The init hook of ${name} 1.2.3 failed: boom`)
  })

  for (const [what, options] of Object.entries(broken)) {
    it(`with ${what}: list, status, doctor, destroy and plugins uninstall work`, function () {
      const sandbox = makePluginSandbox(this, [])
      writeFileSync(join(sandbox.project, '.piko.yml'), 'plugins: []\n')
      sandbox.pikoWell('create', 'one')
      installBroken(sandbox, options)
      for (const words of ['list', 'list --json', 'status one', 'doctor', 'destroy one --yes']) {
        const { code, stdout, stderr } = sandbox.piko(words.split(' '))
        expect(code, `${words}\n${stdout}${stderr}`).to.be.oneOf(words === 'doctor' ? [0, 3] : [0])
      }
      sandbox.pikoWell('plugins', 'uninstall', name)
      expect(sandbox.pikoWell('plugins')).to.contain('No plugins installed')
    })
  }
})

describe('an environment whose plugin broke later', function () {
  it('is not destroyed halfway, and hints say what to install or to leave behind', function () {
    const sandbox = withOwl(this, {})
    useOwl(sandbox)
    sandbox.pikoWell('create', 'one')
    writePackage(sandbox.folder, { name, module: 'export default {' })
    const { code, stderr } = sandbox.piko(['destroy', 'one', '--yes'])
    expect(code).to.equal(6)
    expect(stderr).to.contain('ENVIRONMENT_PLUGIN_BROKEN').and.match(named)
    expect(stderr).to.contain('Nothing was undone')
    expect(sandbox.pikoJson<{ status: string }>('status', 'one').status).to.equal('running')
    sandbox.pikoWell('destroy', 'one', '--yes', '--forget')
  })
})

/** Registers it as if it had been valid when linked. */
function installBroken({ folder, env }: PluginSandbox, options: Partial<PackageOptions>): void {
  const root = writePackage(folder, { name, ...options })
  const data = join(String(env['XDG_DATA_HOME']), 'piko')
  mkdirSync(data, { recursive: true })
  const plugins = [{ name, root, type: 'link' }]
  writeFileSync(join(data, 'package.json'), JSON.stringify({ private: true, oclif: { schema: 1, plugins } }))
}
