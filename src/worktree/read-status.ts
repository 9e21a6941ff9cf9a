import { git } from './git.js'

/** A checkout as `git status` reports it. */
export interface Status {
  /** Short name. Undefined when HEAD is detached. */
  readonly branch: string | undefined
  /** Undefined if there is no commit yet. */
  readonly head: string | undefined
  /**
   * Paths whose content is in no commit: staged, changed, conflicted and untracked, but not ignored. Missing files are
   * left out: they hold nothing to lose, and an interrupted removal can resume.
   */
  readonly uncommitted: readonly string[]
}

/**
 * Number of fields before the path in an entry of `git status --porcelain=v2`, by its first letter. `?` is untracked.
 */
const FIELDS_BEFORE_PATH: Readonly<Record<string, number>> = { '1': 8, u: 10, '?': 1 }

export async function readStatus(checkout: string): Promise<Status> {
  // Explicit flags, so that the user's configuration cannot hide anything.
  const flags = ['--untracked-files=normal', '--ignore-submodules=none', '--no-renames', '--no-ahead-behind']
  const args = ['--no-optional-locks', 'status', '--porcelain=v2', '-z', '--branch', ...flags]
  const entries = (await git(checkout, args)).stdout.split('\0')
  return {
    branch: withoutNone(headerOf(entries, 'branch.head')),
    head: withoutNone(headerOf(entries, 'branch.oid')),
    uncommitted: entries.filter(isContent).map(pathOf),
  }
}

/** The value of a header such as `# branch.head main`. */
export function headerOf(entries: readonly string[], name: string): string | undefined {
  return entries.find(entry => entry.startsWith(`# ${name} `))?.slice(`# ${name} `.length)
}

/** Git reports `(detached)` and `(initial)`. */
function withoutNone(value: string | undefined): string | undefined {
  return value === '(detached)' || value === '(initial)' ? undefined : value
}

function isContent(entry: string): boolean {
  return entry !== '' && !entry.startsWith('# ') && !entry.startsWith('1 .D')
}

function pathOf(entry: string): string {
  const fields = FIELDS_BEFORE_PATH[entry.charAt(0)] ?? 0
  return entry.split(' ').slice(fields).join(' ')
}
