import type { Hook } from '@oclif/core'
import { attachHost } from '@piko/sdk'

/** Lets every command, of core and of plugins, reach piko through its `config`. Loads nothing until one does. */
const init: Hook.Init = ({ config, id }) => {
  if (id !== undefined && installing.has(id)) process.env['npm_config_ignore_scripts'] ??= 'true'
  attachHost(config, async () => {
    const { makeHost } = await import('../host/make-host.js')
    const { sessionOf } = await import('../oclif/session-of.js')
    return makeHost(sessionOf(config))
  })
  return Promise.resolve()
}

/** Commands of oclif that have npm install what strangers have written. `plugins install` decides for itself. */
const installing: ReadonlySet<string> = new Set(['plugins:update', 'plugins:reset'])

export default init
