import { git } from './git.js'

/**
 * Number of fields before the path in an entry of `git status --porcelain=v2`, by its first letter. `?` is untracked.
 */
const FIELDS_BEFORE_PATH: Readonly<Record<string, number>> = { '1': 8, u: 10, '?': 1 }

/**
 * Paths of a checkout whose content is in no commit: staged, changed, conflicted and untracked, but not ignored.
 * Missing files are left out: they hold nothing to lose, and an interrupted removal can resume.
 */
export async function readChanges(checkout: string): Promise<readonly string[]> {
  // Explicit flags, so that the user's configuration cannot hide anything.
  const flags = ['--untracked-files=normal', '--ignore-submodules=none', '--no-renames', '--no-ahead-behind']
  const args = ['--no-optional-locks', 'status', '--porcelain=v2', '-z', ...flags]
  const { stdout } = await git(checkout, args)
  return stdout.split('\0').filter(isContent).map(pathOf)
}

function isContent(entry: string): boolean {
  return entry !== '' && !entry.startsWith('1 .D')
}

function pathOf(entry: string): string {
  const fields = FIELDS_BEFORE_PATH[entry.charAt(0)] ?? 0
  return entry.split(' ').slice(fields).join(' ')
}
