import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { branchErrors } from '../errors/branch.js'
import { git } from './git.js'
import { findCommit } from './refs.js'
import { readRegistrations } from './repair-worktrees.js'
import type { Repository } from './repository.js'

interface Gone {
  readonly branch: string
  readonly path: string
  readonly environment: string
  /** The commit that the worktree was created with. */
  readonly head: string
}

/** Throws `BRANCH_DELETED` rather than create a branch again from elsewhere whose commits no other branch has. */
export async function requireNothingDeleted(repository: Repository, gone: Gone): Promise<void> {
  const commit = (await readLastHead(repository, gone.path)) ?? gone.head
  if ((await findCommit(repository.mainCheckout, commit)) === undefined) return
  const args = [
    'for-each-ref',
    '--count=1',
    '--format=%(refname)',
    `--contains=${commit}`,
    'refs/heads',
    'refs/remotes',
    'refs/tags',
  ]
  const { stdout } = await git(repository.mainCheckout, args)
  if (stdout === '')
    throw branchErrors.BRANCH_DELETED({ ...gone, commit, mainCheckout: repository.mainCheckout })
}

/** Git keeps the history of a worktree's HEAD as long as the worktree is registered. */
async function readLastHead(repository: Repository, path: string): Promise<string | undefined> {
  const registered = (await readRegistrations(repository)).find(({ worktree }) => worktree === path)
  const log =
    registered && (await readFile(join(registered.folder, 'logs/HEAD'), 'utf8').catch(() => undefined))
  return log?.trimEnd().split('\n').at(-1)?.split(' ')[1]
}
