import type { Fact } from '@piko/sdk'
import { readFact } from '../../lifecycle/facts.js'
import type { Workspace } from '../../workspace/open.js'
import { type Authorship, authorshipOfCommit, isOnRemote, readAuthorship } from '../../worktree/authorship.js'
import { findWorktree, type Worktree } from '../../worktree/list-worktrees.js'
import type { Branch } from '../../worktree/repository.js'
import { resolveBranch } from '../../worktree/resolve-branch.js'
import { type Identity, subjectOf } from '../record.js'

/** Where the branch came from, if piko created it. */
export const authorshipFact: Fact<Authorship> = { id: 'core.authorship' }

export interface Authored {
  readonly authorship: Authorship
  /** The last commit. */
  readonly commit: string
}

export interface AuthoredRequest {
  readonly identity: Identity
  /** Where a new branch starts. */
  readonly from?: string | undefined
  /** The branch of a new environment, if it has been resolved. */
  findBranch?(): Promise<Branch | undefined>
}

/**
 * Whose work an environment would run: what its worktree has checked out, else its branch. Runs no git in the worktree,
 * whose files its containers can change.
 */
export async function readAuthorshipOf(
  workspace: Workspace,
  { identity, from, findBranch }: AuthoredRequest,
): Promise<Authored> {
  const { repository } = workspace
  const worktree = await findWorktree(repository, identity.path)
  if (worktree) return authorshipInWorktree(workspace, { identity, worktree })
  const branch = (await findBranch?.()) ?? (await resolveBranch(repository, identity.branch))
  const commit = branch.kind === 'new' ? branch.startPoint : branch.commit
  return { authorship: await readAuthorship(repository, branch, from), commit }
}

async function authorshipInWorktree(
  workspace: Workspace,
  { identity, worktree }: { readonly identity: Identity; readonly worktree: Worktree },
): Promise<Authored> {
  const { repository } = workspace
  const { branch, head: commit } = worktree
  if (branch === undefined) return { authorship: await authorshipOfCommit(repository, commit), commit }
  const known = branch === identity.branch ? knownOf(workspace, identity.name) : undefined
  if (known?.kind === 'remote') return { authorship: known, commit }
  const found = await readAuthorship(repository, { kind: 'local', branch, commit })
  // Commits of others came by a pull if a remote has them; otherwise a tool made them here.
  const isMadeHere =
    known?.kind === 'own' && found.kind === 'other' && !(await isOnRemote(repository, commit))
  return { authorship: isMadeHere ? known : found, commit }
}

function knownOf({ state }: Workspace, name: string): Authorship | undefined {
  return readFact(state, subjectOf(name), authorshipFact.id) as Authorship | undefined // only core publishes it
}
