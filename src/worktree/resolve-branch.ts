import { branchErrors } from '../errors/branch.js'
import { isValidBranchName } from './branch-name.js'
import { listWorktrees } from './list-worktrees.js'
import { exists, realLocation } from './location.js'
import { readRefs, requireCommit } from './refs.js'
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
  const refs = await readRefs(repository, ['refs/heads', remotePattern(branch)])
  const local = refs.filter(ref => ref.startsWith('refs/heads/'))
  if (local.includes(`refs/heads/${branch}`)) {
    if (from !== undefined) throw branchErrors.BRANCH_EXISTS({ branch, from, place: 'this repository' })
    return resolveLocal(repository, branch, path)
  }
  const blocker = local.map(ref => ref.slice('refs/heads/'.length)).find(other => blocks(other, branch))
  if (blocker !== undefined) throw branchErrors.BRANCH_NAME_BLOCKED({ branch, blocker })
  const remoteRef = await chooseRemoteRef(repository, {
    branch,
    refs: refs.filter(ref => !local.includes(ref)),
  })
  if (remoteRef === undefined) {
    return { kind: 'new', branch, startPoint: await requireCommit(repository, from ?? 'HEAD') }
  }
  if (from !== undefined)
    throw branchErrors.BRANCH_EXISTS({ branch, from, place: remoteRef.replace('refs/remotes/', '') })
  return { kind: 'remote', branch, remoteRef }
}

/** Throws `BRANCH_CHECKED_OUT` when a branch is checked out anywhere except at `path`. */
export async function requireFreeBranch(
  repository: Repository,
  branch: string,
  path?: string,
): Promise<void> {
  const at = await findCheckoutOf(repository, branch)
  if (at === undefined) return
  if (path !== undefined && (await realLocation(at.path)) === (await realLocation(path))) return
  const gone = !(await exists(at.path))
  throw branchErrors.BRANCH_CHECKED_OUT({
    branch,
    path: at.path,
    gone,
    mainCheckout: repository.mainCheckout,
  })
}

async function resolveLocal(repository: Repository, branch: string, path?: string): Promise<LocalBranch> {
  if (path !== undefined) await requireFreeBranch(repository, branch, path)
  const at = await findCheckoutOf(repository, branch)
  return { kind: 'local', branch, ...(at && { checkedOutAt: at.path }) }
}

async function findCheckoutOf(repository: Repository, branch: string) {
  return (await listWorktrees(repository)).find(worktree => worktree.branch === branch)
}

/** Git stores refs like files: if `a` exists, `a/b` cannot. */
function blocks(other: string, branch: string): boolean {
  return branch.startsWith(`${other}/`) || other.startsWith(`${branch}/`)
}
