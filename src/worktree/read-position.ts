import { git } from './git.js'
import { headerOf } from './read-status.js'

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

/** Reads the position of a checkout without taking a lock. Throws if the folder is no longer a checkout. */
export async function readPosition(checkout: string, signal?: AbortSignal): Promise<Position> {
  const refs = await readRefs(checkout, signal)
  const base = defaultBranch(refs)
  const branch = refs.find(({ isCurrent }) => isCurrent)
  const substitute = base && branch?.upstream === '' ? asUpstream(branch.name, base) : []
  const { uncommitted, upstream, ahead, behind } = await readStatus(checkout, { substitute, signal })
  if (upstream !== undefined && ahead !== undefined && behind !== undefined)
    return { uncommitted, ahead, behind, comparedWith: base && substitute.length > 0 ? base.name : upstream }
  const isSame = base === undefined || base.name === branch?.name
  return { uncommitted, ...(isSame ? incomparable : await compare(checkout, base.name, signal)) }
}

interface Ref {
  readonly full: string
  /** `main`, `origin/main` */
  readonly name: string
  /** What `refs/remotes/origin/HEAD` refers to. */
  readonly target: string
  readonly isCurrent: boolean
  /** Empty if there is none. */
  readonly upstream: string
}

/** The local branches, and the default branches of the remotes as of the clone. */
async function readRefs(checkout: string, signal: AbortSignal | undefined): Promise<readonly Ref[]> {
  const format = '%(refname)%00%(refname:lstrip=2)%00%(symref)%00%(HEAD)%00%(upstream)'
  const args = ['for-each-ref', `--format=${format}`, 'refs/remotes/*/HEAD', 'refs/heads']
  const { stdout } = await git(checkout, args, { signal })
  return stdout.split('\n').map(line => {
    const [full = '', name = '', target = '', head, upstream = ''] = line.split('\0')
    return { full, name, target, isCurrent: head === '*', upstream }
  })
}

interface Base {
  readonly full: string
  readonly name: string
}

/** The remote's default branch, else the local `main` or `master`. */
function defaultBranch(refs: readonly Ref[]): Base | undefined {
  const cloned = refs.filter(({ full, target }) => full.startsWith('refs/remotes/') && target !== '')
  const remote = cloned.find(({ name }) => name === 'origin/HEAD') ?? cloned[0]
  if (remote) return { full: remote.target, name: remote.target.replace('refs/remotes/', '') }
  return refs.find(({ full }) => full === 'refs/heads/main' || full === 'refs/heads/master')
}

/** Lets `git status` count the commits between a branch without an upstream and another. */
function asUpstream(branch: string, base: Base): readonly string[] {
  const isOther = branch !== base.name
  const canBeSet = !branch.includes('=') // in `-c name=value`
  if (!isOther || !canBeSet) return []
  return ['-c', `branch.${branch}.remote=.`, '-c', `branch.${branch}.merge=${base.full}`]
}

interface Asked {
  /** Configuration for this one call. */
  readonly substitute: readonly string[]
  readonly signal: AbortSignal | undefined
}

async function readStatus(checkout: string, { substitute, signal }: Asked) {
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
