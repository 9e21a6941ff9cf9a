import { existsSync } from 'node:fs'
import { stateErrors } from '../errors/state.js'
import { projectStateFile } from '../state/databases.js'
import { findFault } from '../state/open.js'
import { isSameFile, mayTrack, refusePlanted, restoreState, stateLink } from '../state/own-state.js'
import type { Repository } from '../worktree/repository.js'
import { everTracked, findTracked } from '../worktree/tracked-state.js'

/**
 * Throws if the state is not piko's own: git tracks it, it is a symbolic link, or it belongs to another user. Brings
 * back the state that a branch replaced, once that branch is no longer checked out, or that was deleted.
 */
export async function guardState(repository: Repository): Promise<void> {
  const { mainCheckout: root, gitCommonDir: gitDir } = repository
  refusePlanted(root)
  const tracked = mayTrack(gitDir) ? await findTracked(repository) : []
  if (tracked.length > 0) throw stateErrors.STATE_TRACKED({ root, files: tracked })
  const [file, link] = [projectStateFile(root), stateLink(gitDir)]
  const [isThere, isKept] = [existsSync(file), existsSync(link)]
  if (!isThere && isKept && findFault(link) === undefined) return restoreState(root, gitDir)
  if (isSameFile(file, link) || !(isThere || isKept) || !(await everTracked(repository))) return
  if (!isKept) throw stateErrors.STATE_FROM_COMMIT({ file })
  restoreState(root, gitDir)
}
