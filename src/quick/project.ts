import type { Project } from '@piko/sdk'
import type { LocatedState } from '../environment/locate.js'
import { readIdentity } from '../project/identity.js'
import { notQuick } from './not-quick.js'

/** The project, if it has an id: the full command gives it one. */
export function readProject({ root, state }: LocatedState): Project {
  const known = readIdentity(state)
  return known?.id === undefined ? notQuick() : { ...known, id: known.id, root }
}
