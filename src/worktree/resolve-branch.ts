import { branchErrors } from '../errors/branch.js'
import { isValidBranchName } from './branch-name.js'
import { exists, realLocation } from './location.js'
import { type BranchRef, readBranches, requireCommit } from './refs.js'
import { chooseRemoteRef, remotePattern } from './remote-branch.js'
import type { Branch, LocalBranch, Repository } from './repository.js'

export interface BranchRequest {
  /** Where a new branch starts, resolved in the current checkout. Default: its HEAD. */
  readonly from?: string | undefined
  /** The branch, if its name differs from the environment's. */
  readonly branch?: string | undefined
  /** Where its worktree will be. If the branch is checked out anywhere else, throws `BRANCH_CHECKED_OUT`. */
  readonly path?: string | undefined
}

/** Finds the branch, or what is needed to create it. Fetches nothing and changes nothing. */
export async function resolveBranch(
  repository: Repository,
  name: string,
  { from, branch = name, path }: BranchRequest = {},
): Promise<Branch> {
  if (!(await isValidBranchName(branch))) throw branchErrors.BRANCH_NAME_INVALID({ name: branch })
  const refs = await readBranches(repository, ['refs/heads', remotePattern(branch)])
  const local = refs.filter(({ ref }) => ref.startsWith('refs/heads/'))
  const own = local.find(({ ref }) => ref === `refs/heads/${branch}`)
  if (own) {
    if (from !== undefined) throw branchErrors.BRANCH_EXISTS({ branch, from, place: 'this repository' })
    return resolveLocal(repository, own, path)
  }
  const blocker = local.map(({ ref }) => ref.slice('refs/heads/'.length)).find(other => blocks(other, branch))
  if (blocker !== undefined) throw branchErrors.BRANCH_NAME_BLOCKED({ branch, blocker })
  const remote = await chooseRemoteRef(repository, { branch, refs: refs.filter(ref => !local.includes(ref)) })
  if (remote === undefined) {
    const current = from === undefined ? local.find(({ isCurrent }) => isCurrent)?.commit : undefined
    return {
      kind: 'new',
      branch,
      startPoint: current ?? (await requireCommit(repository, from ?? 'HEAD')),
    }
  }
  const { ref: remoteRef, commit } = remote
  if (from !== undefined)
    throw branchErrors.BRANCH_EXISTS({ branch, from, place: remoteRef.replace('refs/remotes/', '') })
  return { kind: 'remote', branch, remoteRef, commit }
}

/** Throws `BRANCH_CHECKED_OUT` when a branch is checked out anywhere except at `path`. */
export async function requireFreeBranch(
  { mainCheckout }: Repository,
  { branch, checkedOutAt }: { readonly branch: string; readonly checkedOutAt?: string | undefined },
  path?: string,
): Promise<void> {
  if (checkedOutAt === undefined) return
  if (path !== undefined && (await realLocation(checkedOutAt)) === (await realLocation(path))) return
  const gone = !(await exists(checkedOutAt))
  throw branchErrors.BRANCH_CHECKED_OUT({ branch, path: checkedOutAt, gone, mainCheckout })
}

async function resolveLocal(
  repository: Repository,
  { ref, commit, checkedOutAt }: BranchRef,
  path?: string,
): Promise<LocalBranch> {
  const branch = ref.slice('refs/heads/'.length)
  const found = { kind: 'local' as const, branch, commit, ...(checkedOutAt && { checkedOutAt }) }
  if (path !== undefined) await requireFreeBranch(repository, found, path)
  return found
}

/** Git stores refs like files: if `a` exists, `a/b` cannot. */
function blocks(other: string, branch: string): boolean {
  return branch.startsWith(`${other}/`) || other.startsWith(`${branch}/`)
}
