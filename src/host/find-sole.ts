import { findOnly } from '../environment/find.js'
import type { EnvironmentRecord } from '../environment/record.js'
import type { Database } from '../state/open.js'
import type { Session } from './session.js'

/**
 * The project's only environment, unless the words or the folder name one. Prints that it is used. For read-only
 * commands.
 */
export function findSole(
  state: Database,
  { folder, narrator }: Pick<Session, 'folder' | 'narrator'>,
  words: readonly string[] = [],
): EnvironmentRecord | undefined {
  const only = findOnly(state, { words, folder })
  if (only) narrator.say(`Using ${only.name}, the only environment`)
  return only
}
