import type { Hook } from '@oclif/core'
import { attachHost } from '@piko/sdk'

/** Lets every command, of core and of plugins, reach piko through its `config`. Loads nothing until one does. */
const init: Hook.Init = ({ config }) => {
  attachHost(config, async () => {
    const { makeHost } = await import('../host/make-host.js')
    const { sessionOf } = await import('../session-of.js')
    return makeHost(sessionOf(config))
  })
  return Promise.resolve()
}

export default init
