import type { Interfaces } from '@oclif/core'
import type { Session } from '../host/session.js'
import { silentNarrator } from '../lifecycle/narrator.js'
import { locateState } from '../environment/locate.js'
import { notQuick } from './not-quick.js'
import { sayLater } from './say-later.js'

/** In quick bundles, this file replaces `oclif/session-of.ts`: a session that reads the state and opens no workspace. */
export function sessionOf(config: Interfaces.Config, { quiet }: { readonly quiet?: boolean } = {}): Session {
  const narrator = quiet ? silentNarrator : { ...silentNarrator, say: sayLater }
  const folder = process.cwd()
  return {
    version: config.version,
    folder,
    packages: [],
    running: undefined,
    narrator,
    verboseNarrator: narrator,
    recorded: async () => {
      const { root, gitDir, state } = locateState(folder) ?? notQuick()
      return { state, repository: { mainCheckout: root, gitCommonDir: gitDir } }
    },
    workspace: notQuick,
    plugins: notQuick,
  }
}
