import { expect } from 'chai'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makePluginSandbox, type PluginSandbox, usingPlugins } from './support/plugin-sandbox.js'

const conflict = {
  create: { conflict: { type: 'boolean', summary: 'Set a variable that another plugin sets' } },
}

describe("a plugin's own commands, flags and contributions", function () {
  let sandbox: PluginSandbox
  const configure = (more: string) => {
    writeFileSync(join(sandbox.project, '.piko.yml'), `ports: { base: 9000 }\n${more}`)
  }
  before(function () {
    sandbox = makePluginSandbox(this, [
      { name: 'engine' },
      { name: 'notes', flags: conflict, commands: ['note'] },
      { name: 'proxy' },
    ])
    configure(usingPlugins([{ name: 'engine' }, { name: 'notes' }, { name: 'proxy' }])) // `notes` gets the port assigned to the other plugin
  })

  it("show the plugin's flags in `create --help`, under its name", () => {
    expect(sandbox.pikoWell('create', '--help')).to.match(/PLUGIN NOTES FLAGS\n +--conflict +Set a variable/)
  })

  it('cannot set a variable differently from another plugin, and leave nothing with --rollback', () => {
    const { code, stderr } = sandbox.piko(['create', 'one', '--conflict', '--rollback'])
    expect(code).to.equal(6)
    expect(stderr).to.match(/ENGINE_PORT.*engine and notes/)
    expect(sandbox.pikoJson<{ environments: unknown[] }>('list').environments).to.deep.equal([])
  })

  it('read facts, fill slots and add columns', () => {
    sandbox.pikoWell('create', 'one')
    expect(sandbox.pikoJson('env', 'one')).to.include({ NOTES_SEEN: 'web' })
    expect(sandbox.pikoWell('list')).to.match(/ENGINE[^]*web:9180/)
    expect(sandbox.pikoWell('run', 'one', '--', 'cat', 'override.txt')).to.contain('proxy: label for web')
  })

  it("use the host, change the plugin's tables and print JSON", () => {
    const answer = sandbox.pikoJson('note', 'one', 'first', 'line')
    expect(answer).to.deep.equal({ version: 1, environment: 'one', lines: ['first line'], services: ['web'] })
  })

  it('treat an argument as a service inside a worktree', () => {
    const cwd = join(sandbox.project, '.piko', 'worktrees', 'one')
    expect(sandbox.piko(['note', 'web'], { cwd }).stdout).to.equal('first line\nweb\n')
  })

  it("use piko's exit codes", () => {
    const wrong = sandbox.piko(['note', 'one', '--wrong', '--json'])
    expect(wrong.code).to.equal(5)
    expect(JSON.parse(wrong.stdout)).to.have.nested.property('error.code', 'NOTES_WRONG')
    expect(sandbox.piko(['note', 'onee']).code).to.equal(3)
    expect(sandbox.piko(['note', '--nonsense']).code).to.equal(2)
  })

  for (const sql of [
    'DELETE FROM journal',
    "UPDATE environments SET status = 'failed'",
    'DROP TABLE ports',
  ]) {
    it(`cannot use other tables: ${sql}`, () => {
      const { code, stderr } = sandbox.piko(['note', 'one', '--sql', sql])
      expect(stderr).to.contain('STATE_TABLE_FOREIGN')
      expect(code).to.equal(6)
    })
  }

  it('report that the plugin is off in the project', () => {
    const refused = (more: string) => {
      configure(more)
      const { code, stderr } = sandbox.piko(['note', 'one'])
      expect(code).to.equal(3)
      expect(stderr).to.contain('PLUGIN_OFF')
      return stderr.split('\n')[0]
    }
    const off = '✗ The plugin notes is not active in this project:'
    expect(refused('\nplugins: [engine]\n')).to.equal(`${off} \`plugins\` in .piko.yml:3 does not list it`)
    expect(refused('plugins:\n  engine: true\n  notes: false\n')).to.equal(
      `${off} .piko.yml:4 sets it to false`,
    )
  })
})
