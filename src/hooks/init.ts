import type { Hook } from '@oclif/core'
import { attachHost } from '@piko/sdk'

/** Gives every command of core and plugins access to piko through its `config`. Loads nothing until it is used. */
const init: Hook.Init = ({ config, id }) => {
  if (id !== undefined && installCommands.has(id)) process.env['npm_config_ignore_scripts'] ??= 'true'
  attachHost(config, async () => {
    const { makeHost } = await import('../host/make-host.js')
    const { sessionOf } = await import('../oclif/session-of.js')
    return makeHost(sessionOf(config))
  })
  return Promise.resolve()
}

/** oclif's commands that install third-party packages with npm. `plugins install` decides on its own. */
const installCommands: ReadonlySet<string> = new Set(['plugins:update', 'plugins:reset'])

export default init
