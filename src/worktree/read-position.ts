import { git } from './git.js'
import { realLocation } from './location.js'
import { headerOf } from './read-status.js'
import { type BranchRef, readBranches } from './refs.js'
import type { Repository } from './repository.js'

/** The state of a checkout: uncommitted files, and its distance from the branch it is compared with. */
export interface Position {
  /** Number of changed, staged, conflicted and untracked files. Ignored ones do not count. */
  readonly uncommitted: number
  /** Number of commits that only this checkout has. Null if there is nothing to compare with. */
  readonly ahead: number | null
  readonly behind: number | null
  /** What it is compared with: the branch's upstream, else the default branch (`origin/main`). */
  readonly comparedWith: string | null
}

const incomparable = { ahead: null, behind: null, comparedWith: null }

/** The branches that positions are compared with: all local ones, and the remotes' default branches as of the clone. */
export function readBases(repository: Repository, signal?: AbortSignal): Promise<readonly BranchRef[]> {
  return readBranches(repository, ['refs/remotes/*/HEAD', 'refs/heads'], signal)
}

/**
 * Reads the position of a worktree without taking a lock. Throws if the folder is no longer a checkout. `bases` are the
 * same for all worktrees of a repository.
 */
export async function readPosition(
  checkout: string,
  bases: readonly BranchRef[],
  signal?: AbortSignal,
): Promise<Position> {
  const place = await realLocation(checkout)
  const base = defaultBranch(bases)
  const branch = bases.find(({ checkedOutAt }) => checkedOutAt === place)
  const substitute = base && branch?.upstream === '' ? asUpstream(branch.ref, base.ref) : []
  const { uncommitted, upstream, ahead, behind } = await readCounts(checkout, { substitute, signal })
  if (upstream !== undefined && ahead !== undefined && behind !== undefined)
    return { uncommitted, ahead, behind, comparedWith: base && substitute.length > 0 ? base.name : upstream }
  const isSame = base === undefined || base.ref === branch?.ref
  return { uncommitted, ...(isSame ? incomparable : await compare(checkout, base.name, signal)) }
}

interface Base {
  readonly ref: string
  /** `main`, `origin/main` */
  readonly name: string
}

/** The remote's default branch, else the local `main` or `master`. */
function defaultBranch(bases: readonly BranchRef[]): Base | undefined {
  const cloned = bases.filter(({ target }) => target.startsWith('refs/remotes/'))
  const remote = cloned.find(({ ref }) => ref === 'refs/remotes/origin/HEAD') ?? cloned[0]
  const local = bases.find(({ ref }) => ref === 'refs/heads/main' || ref === 'refs/heads/master')
  const ref = remote?.target ?? local?.ref
  return ref === undefined ? undefined : { ref, name: ref.replace(/^refs\/(heads|remotes)\//, '') }
}

/** Lets `git status` count the commits between a branch without an upstream and another. */
function asUpstream(ref: string, base: string): readonly string[] {
  const branch = ref.slice('refs/heads/'.length)
  // A setting ends at its first equals sign.
  if (ref === base || branch.includes('=')) return []
  return ['-c', `branch.${branch}.remote=.`, '-c', `branch.${branch}.merge=${base}`]
}

interface Asked {
  /** Configuration for this one call. */
  readonly substitute: readonly string[]
  readonly signal: AbortSignal | undefined
}

async function readCounts(checkout: string, { substitute, signal }: Asked) {
  const flags = ['--branch', '--untracked-files=normal', '--no-renames', '--ahead-behind']
  const args = ['--no-optional-locks', ...substitute, 'status', '--porcelain=v2', '-z', ...flags]
  const entries = (await git(checkout, args, { signal })).stdout.split('\0').filter(entry => entry !== '')
  const counts = /^\+(\d+) -(\d+)$/.exec(headerOf(entries, 'branch.ab') ?? '') ?? []
  const [, ahead, behind] = counts.map(Number)
  const uncommitted = entries.filter(entry => !entry.startsWith('# ')).length
  return { uncommitted, upstream: headerOf(entries, 'branch.upstream'), ahead, behind }
}

/** For a detached HEAD, or an upstream that is gone. */
async function compare(
  checkout: string,
  base: string,
  signal: AbortSignal | undefined,
): Promise<Omit<Position, 'uncommitted'>> {
  const args = ['rev-list', '--left-right', '--count', `${base}...HEAD`, '--']
  const { exitCode, stdout } = await git(checkout, args, { accept: [128], signal })
  const [behind, ahead] = stdout.split('\t').map(Number)
  if (exitCode !== 0 || ahead === undefined || behind === undefined) return incomparable
  return { ahead, behind, comparedWith: base }
}
