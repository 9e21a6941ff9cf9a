import { findOnly } from '../environment/find.js'
import type { EnvironmentRecord } from '../environment/record.js'
import type { Database } from '../state/open.js'
import type { Session } from './session.js'

/**
 * The only environment of the project, where the words name none and the folder is in the worktree of none; and says that
 * it is used. For commands that only read.
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
