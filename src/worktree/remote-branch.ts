import { branchAmbiguous } from './errors.js'
import { git } from './git.js'
import { readRefs } from './refs.js'
import type { Repository } from './repository.js'

/**
 * The remote-tracking ref of a branch, as of the last fetch. If several remotes have it, `checkout.defaultRemote`
 * decides; without that, throws `BRANCH_AMBIGUOUS`.
 */
export async function findRemoteRef(repository: Repository, branch: string): Promise<string | undefined> {
  const refs = await readRefs(repository, [`refs/remotes/**/${branch}`])
  if (refs.length === 0) return undefined
  // A remote's name may contain slashes, as a branch's may.
  const remotes = (await git(repository.mainCheckout, ['remote'])).stdout.split('\n').filter(Boolean)
  const refOn = (remote: string) => `refs/remotes/${remote}/${branch}`
  const owners = remotes.filter(remote => refs.includes(refOn(remote)))
  const [owner, another] = owners
  if (owner === undefined || another === undefined) return owner && refOn(owner)
  const args = ['config', '--get', 'checkout.defaultRemote']
  const preferred = (await git(repository.mainCheckout, args, { accept: [1] })).stdout
  if (owners.includes(preferred)) return refOn(preferred)
  throw branchAmbiguous(branch, { owners, mainCheckout: repository.mainCheckout })
}
