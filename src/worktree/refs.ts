import { closest, distance } from 'fastest-levenshtein'
import { branchErrors } from '../errors/branch.js'
import { repositoryErrors } from '../errors/repository.js'
import { git } from './git.js'
import type { Repository } from './repository.js'

/** Full names of all refs under the given prefixes, or of exactly the given refs. */
export async function readRefs(
  repository: Repository,
  patterns: readonly string[],
): Promise<readonly string[]> {
  if (patterns.length === 0) return []
  const { stdout } = await git(repository.mainCheckout, ['for-each-ref', '--format=%(refname)', ...patterns])
  return stdout.split('\n').filter(ref => ref !== '')
}

/** The commit of a local branch. Undefined if there is no such branch. */
export async function findBranchTip(repository: Repository, branch: string): Promise<string | undefined> {
  return findCommit(repository.mainCheckout, `refs/heads/${branch}`)
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
  const refs = await readRefs(repository, ['refs/heads', 'refs/remotes', 'refs/tags'])
  const names = refs.map(ref => ref.replace(/^refs\/(heads|remotes|tags)\//, ''))
  const onRemote = names.find(name => name.endsWith(`/${words}`))
  if (onRemote !== undefined || names.length === 0) return onRemote
  const nearest = closest(words, names)
  return distance(words, nearest) <= Math.max(2, Math.floor(words.length / 3)) ? nearest : undefined
}
