import type { Interfaces } from '@oclif/core'
import { openSession, type Session } from './host/session.js'
import { silentNarrator } from './lifecycle/narrator.js'
import { narrateOn } from './output/narrate.js'

const sessions = new WeakMap<Interfaces.Config, Session>()

/** The session of this call of piko, from oclif's config: one, however many commands ask. */
export function sessionOf(
  config: Interfaces.Config,
  options: { readonly quiet?: boolean; readonly verbose?: boolean } = {},
): Session {
  const known = sessions.get(config)
  if (known) return known
  const verboseNarrator = narrateOn(process.stderr, { verbose: true })
  const narrator = options.quiet ? silentNarrator : narrateOn(process.stderr)
  const session = openSession({
    version: config.version,
    folder: process.cwd(),
    packages: [...config.plugins.values()],
    narrator: options.verbose ? verboseNarrator : narrator,
    verboseNarrator,
  })
  sessions.set(config, session)
  return session
}
