import { branchErrors } from '../errors/branch.js'
import { git } from './git.js'
import type { BranchRef } from './refs.js'
import type { Repository } from './repository.js'

/** A pattern that matches every remote-tracking ref that may belong to this branch. */
export function remotePattern(branch: string): string {
  return `refs/remotes/**/${branch}`
}

/**
 * Chooses a branch's remote-tracking ref among `refs`, which match its pattern. If several remotes have the branch,
 * `checkout.defaultRemote` decides; without that, throws `BRANCH_AMBIGUOUS`.
 */
export async function chooseRemoteRef(
  repository: Repository,
  { branch, refs }: { readonly branch: string; readonly refs: readonly BranchRef[] },
): Promise<BranchRef | undefined> {
  if (refs.length === 0) return undefined
  // A remote's name may contain slashes, as a branch's may.
  const remotes = (await git(repository.mainCheckout, ['remote'])).stdout.split('\n').filter(Boolean)
  const refOn = (remote: string) => refs.find(({ ref }) => ref === `refs/remotes/${remote}/${branch}`)
  const owners = remotes.filter(remote => refOn(remote))
  const [owner, another] = owners
  if (another === undefined) return owner === undefined ? undefined : refOn(owner)
  const args = ['config', '--get', 'checkout.defaultRemote']
  const preferred = (await git(repository.mainCheckout, args, { accept: [1] })).stdout
  if (owners.includes(preferred)) return refOn(preferred)
  throw branchErrors.BRANCH_AMBIGUOUS({ branch, owners, mainCheckout: repository.mainCheckout })
}
