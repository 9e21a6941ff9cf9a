import type { Interfaces } from '@oclif/core'
import { findRunning } from './running-plugin.js'
import { openSession, type Session } from '../host/session.js'
import { silentNarrator } from '../lifecycle/narrator.js'
import { narrateOn } from '../output/narrate.js'

const key = Symbol('piko.session')

/** The session of this process. All commands share it. */
export function sessionOf(
  config: Interfaces.Config,
  { quiet, verbose }: { readonly quiet?: boolean; readonly verbose?: boolean } = {},
): Session {
  const shared = Reflect.get(config, 'options') as object // shared by oclif's copies of a config
  const known = Reflect.get(shared, key) as Session | undefined // set only by this function
  const session =
    known ??
    openSession({
      version: config.version,
      folder: process.cwd(),
      packages: [...config.plugins.values()],
      running: findRunning(config, process.argv.slice(2)),
      narrator: narrateOn(process.stderr),
      verboseNarrator: narrateOn(process.stderr, { verbose: true }),
    })
  Reflect.set(shared, key, session)
  if (quiet) return { ...session, narrator: silentNarrator }
  return verbose ? { ...session, narrator: session.verboseNarrator } : session
}
