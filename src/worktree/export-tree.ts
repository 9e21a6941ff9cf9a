import { git } from './git.js'
import { requireCommit } from './refs.js'
import type { Branch, Repository } from './repository.js'

/**
 * Exports the files of a branch to a folder outside the project, without changing the repository: no worktree, no
 * branch, no hook. The folder is a clone that borrows the repository's objects, so that git's own filters apply.
 */
export async function exportTree(
  repository: Repository,
  branch: Branch,
  { folder, signal }: { readonly folder: string; readonly signal: AbortSignal },
): Promise<void> {
  const { mainCheckout } = repository
  const quiet = ['-c', 'core.hooksPath=/dev/null', '-c', 'advice.detachedHead=false']
  const clone = ['clone', '--quiet', '--shared', '--no-checkout', '--', mainCheckout, folder]
  const commit = await requireCommit(repository, startOf(branch))
  await git(mainCheckout, [...quiet, ...clone], { signal })
  await git(folder, [...quiet, 'checkout', '--quiet', '--detach', commit], { signal })
}

function startOf(branch: Branch): string {
  switch (branch.kind) {
    case 'local':
      return `refs/heads/${branch.branch}`
    case 'remote':
      return branch.remoteRef
    case 'new':
      return branch.startPoint
  }
}
