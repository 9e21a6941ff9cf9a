import { findDefaultBranch } from './default-branch.js'
import { git } from './git.js'

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

/** Reads the position of a checkout without taking a lock. Throws if the folder is no longer a checkout. */
export async function readPosition(checkout: string, signal?: AbortSignal): Promise<Position> {
  const flags = ['--branch', '--untracked-files=normal', '--no-renames', '--ahead-behind']
  const args = ['--no-optional-locks', 'status', '--porcelain=v2', '-z', ...flags]
  const { stdout } = await git(checkout, args, { signal })
  const entries = stdout.split('\0').filter(entry => entry !== '')
  const header = (name: string) =>
    entries.find(entry => entry.startsWith(`# ${name} `))?.slice(`# ${name} `.length)
  const uncommitted = entries.filter(entry => !entry.startsWith('# ')).length
  const [, ahead, behind] = /^\+(\d+) -(\d+)$/.exec(header('branch.ab') ?? '') ?? []
  const upstream = header('branch.upstream')
  if (upstream !== undefined && ahead !== undefined)
    return { uncommitted, ahead: Number(ahead), behind: Number(behind), comparedWith: upstream }
  return { uncommitted, ...(await compareWithDefault(checkout, { branch: header('branch.head'), signal })) }
}

const incomparable = { ahead: null, behind: null, comparedWith: null }

async function compareWithDefault(
  checkout: string,
  { branch, signal }: { readonly branch: string | undefined; readonly signal: AbortSignal | undefined },
): Promise<Omit<Position, 'uncommitted'>> {
  const base = await findDefaultBranch(checkout, signal)
  if (base === undefined || base === branch) return incomparable
  const range = `${base}...HEAD`
  const args = ['rev-list', '--left-right', '--count', range, '--']
  const { exitCode, stdout } = await git(checkout, args, { accept: [128], signal })
  const [behind, ahead] = stdout.split('\t').map(Number)
  if (exitCode !== 0 || ahead === undefined || behind === undefined) return incomparable
  return { ahead, behind, comparedWith: base }
}
