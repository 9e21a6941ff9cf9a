import { expect } from 'chai'
import { decidePlugins, enablePresent } from '#src/plugins/enable.js'
import type { LoadedPlugin } from '#src/plugins/load.js'
import { definePlugin, detailsOf } from '@piko/sdk'

const view = { root: '/app', exists: async () => false, readText: async () => undefined }

function plugin(name: string, more: object, wanted: boolean): LoadedPlugin {
  const definition = definePlugin({
    name,
    summary: name,
    detect: async () => ({ wanted, because: 'a test says so' }),
    ...more,
  })
  return { name, packageName: `piko-plugin-${name}`, version: '1.0.0', definition } as LoadedPlugin
}

function enabling(isBaseWanted: boolean, choice?: readonly string[]) {
  const base = plugin('base', {}, isBaseWanted)
  const other = plugin('other', {}, true)
  const companion = plugin('friend', { companion: true, requires: ['base'] }, true)
  const loaded = { plugins: [base, other, companion], broken: [] }
  return { loaded, choice, sections: new Map<string, unknown>(), view }
}

describe('a companion that its own detection activates', () => {
  const stateOf = async (given: ReturnType<typeof enabling>) =>
    (await decidePlugins(given)).find(({ plugin: { name } }) => name === 'friend')

  it('is active if the plugin it requires is', async () => {
    expect(await stateOf(enabling(true))).to.include({ wanted: true })
  })

  it('is inactive if that plugin is off, and says why', async () => {
    const given = enabling(false)
    expect(await stateOf(given)).to.include({ wanted: false, because: 'it needs base, which is not active' })
    expect((await enablePresent(given)).map(({ name }) => name)).to.deep.equal(['other'])
  })

  it('is an error if .piko.yml names it without that plugin', async () => {
    const error = await enablePresent(enabling(true, ['friend'])).catch((thrown: unknown) => thrown)
    expect(detailsOf(error)?.code).to.equal('PLUGIN_REQUIREMENT_OFF')
  })
})
