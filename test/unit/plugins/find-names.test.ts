import { expect } from 'chai'
import Create from '#src/commands/create.js'
import Destroy from '#src/commands/destroy.js'
import Down from '#src/commands/down.js'
import Restart from '#src/commands/restart.js'
import Up from '#src/commands/up.js'
import { findPlugins, ownFlags } from '#src/plugins/find.js'

const installed = (name: string) => ({
  name,
  version: '1.0.0',
  root: `/plugins/${name}`,
  pjson: { piko: { api: 1, plugin: './plugin.js' } },
})

describe('findPlugins', () => {
  for (const name of [
    'piko-plugin-core',
    'piko-plugin-ports',
    '@acme/thing',
    'piko-plugin-foo.bar',
    'piko-plugin-a_b',
  ]) {
    it(`disables ${name} because of its name`, () => {
      const { candidates, broken } = findPlugins([installed(name)])
      expect(candidates).to.deep.equal([])
      expect(broken.map(({ error }) => error.details.code)).to.deep.equal(['PLUGIN_MANIFEST_INVALID'])
    })
  }

  it('disables a plugin that redefines a flag of core', () => {
    const commands = { create: Create, up: Up, down: Down, restart: Restart, destroy: Destroy }
    const flags = Object.entries(commands).map(([name, command]) => [name, Object.keys(command.flags ?? {})])
    expect(Object.fromEntries(flags)).to.deep.equal(ownFlags)
    const manifest = {
      api: 1,
      plugin: './p.js',
      flags: { create: { from: { type: 'string', summary: 'Mine' } } },
    }
    const { broken } = findPlugins([{ ...installed('piko-plugin-x'), pjson: { piko: manifest } }])
    expect(broken[0]?.error.message).to.contain('piko.flags.create.from')
  })

  it('keeps a bundled plugin, and disables one that takes its name or one of its flags', () => {
    const flags = { up: { pull: { type: 'boolean', summary: 'Pull' } } }
    const plugin = (name: string, type: string) => {
      return { ...installed(name), type, pjson: { piko: { api: 1, plugin: './plugin.js', flags } } }
    }
    const compose = plugin('@piko/plugin-compose', 'core')
    const strangers = [plugin('piko-plugin-compose', 'user'), plugin('piko-plugin-x', 'link')]
    const { candidates, broken } = findPlugins([...strangers, compose])
    expect(candidates.map(({ packageName }) => packageName)).to.deep.equal(['@piko/plugin-compose'])
    expect(broken.map(({ error }) => error.details.code)).to.deep.equal([
      'PLUGIN_TWIN',
      'PLUGIN_FLAG_CONFLICT',
    ])
  })

  it('disables both of two packages with the same name, and names them', () => {
    const { candidates, broken } = findPlugins(
      ['@a/piko-plugin-x', '@b/piko-plugin-x', 'piko-plugin-y'].map(installed),
    )
    expect(candidates.map(({ name }) => name)).to.deep.equal(['y'])
    expect(broken.map(({ error }) => error.message)).to.deep.equal([
      '@a/piko-plugin-x and @b/piko-plugin-x are both the plugin x',
      '@a/piko-plugin-x and @b/piko-plugin-x are both the plugin x',
    ])
  })
})
