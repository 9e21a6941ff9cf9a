import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { closest, distance } from 'fastest-levenshtein'
import { branchErrors } from '../errors/branch.js'
import { repositoryErrors } from '../errors/repository.js'
import { git } from './git.js'
import type { Repository } from './repository.js'

/** A local or remote-tracking branch. */
export interface BranchRef {
  /** The full name: `refs/heads/main`. */
  readonly ref: string
  readonly commit: string
  /** The full name of what it refers to: `refs/remotes/origin/main` for `refs/remotes/origin/HEAD`. Usually empty. */
  readonly target: string
  /** The full name of the branch that it follows, which may be gone. Empty if there is none. */
  readonly upstream: string
  /** Whether the current checkout is on it. */
  readonly isCurrent: boolean
  /** The worktree in which it is checked out. The folder may be gone. */
  readonly checkedOutAt?: string
}

const FIELDS = ['refname', 'objectname', 'symref', 'upstream', 'HEAD', 'worktreepath']

/** All branches under the given prefixes, or exactly the given ones. */
export async function readBranches(
  { mainCheckout, gitCommonDir, currentCheckout }: Repository,
  patterns: readonly string[],
  signal?: AbortSignal,
): Promise<readonly BranchRef[]> {
  const format = FIELDS.map(field => `%(${field})%00`).join('')
  const args = ['for-each-ref', `--format=${format}`, ...patterns]
  const fields = (await git(currentCheckout, args, { signal })).stdout.split('\0').slice(0, -1)
  return fields.flatMap((ref, index): readonly BranchRef[] => {
    if (index % FIELDS.length > 0) return []
    const [commit = '', target = '', upstream = '', head, path = ''] = fields.slice(index + 1)
    // For the main checkout of a submodule, or of a repository stored elsewhere, git reports the git directory.
    const place = path === gitCommonDir ? mainCheckout : path
    const isCurrent = head === '*'
    // All fields but the last are on one line, and all refs but the first follow a line end.
    return [
      { ref: ref.trimStart(), commit, target, upstream, isCurrent, ...(place && { checkedOutAt: place }) },
    ]
  })
}

/** A local branch. Undefined if there is none of this name. */
export async function findBranch(repository: Repository, branch: string): Promise<BranchRef | undefined> {
  const [found] = await readBranches(repository, [`refs/heads/${branch}`])
  return found
}

/** Whether there is a local branch. Its file tells without starting git, unless git keeps it elsewhere. */
export async function hasBranch(repository: Repository, branch: string): Promise<boolean> {
  const file = join(repository.gitCommonDir, 'refs/heads', branch)
  return (await isFile(file)) || (await findBranch(repository, branch)) !== undefined
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() ?? false
}

/** The commit that a revision such as `HEAD~2` or `origin/main` refers to in a checkout. */
export async function findCommit(checkout: string, words: string): Promise<string | undefined> {
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${words}^{commit}`]
  const answer = await git(checkout, args, { accept: [1, 128] })
  return answer.exitCode === 0 ? answer.stdout : undefined
}

/** Throws `REPOSITORY_EMPTY` if HEAD has no commit, else `BRANCH_START_MISSING` with the nearest name. */
export async function requireCommit(repository: Repository, words: string): Promise<string> {
  const commit = await findCommit(repository.currentCheckout, words)
  if (commit !== undefined) return commit
  if (words === 'HEAD') throw repositoryErrors.REPOSITORY_EMPTY({ checkout: repository.currentCheckout })
  throw branchErrors.BRANCH_START_MISSING({ words, nearest: await findNearestRef(repository, words) })
}

async function findNearestRef(repository: Repository, words: string): Promise<string | undefined> {
  const names = await readNames(repository, ['refs/heads', 'refs/remotes', 'refs/tags'])
  const onRemote = names.find(name => name.endsWith(`/${words}`))
  if (onRemote !== undefined || names.length === 0) return onRemote
  const nearest = closest(words, names)
  return distance(words, nearest) <= Math.max(2, Math.floor(words.length / 3)) ? nearest : undefined
}

/** The names of all refs under the given prefixes, without these. */
async function readNames(
  { mainCheckout }: Repository,
  prefixes: readonly string[],
): Promise<readonly string[]> {
  const { stdout } = await git(mainCheckout, ['for-each-ref', '--format=%(refname:lstrip=2)', ...prefixes])
  return stdout.split('\n').filter(name => name !== '')
}
