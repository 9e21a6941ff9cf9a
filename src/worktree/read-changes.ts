import { git } from './git.js'

/** Fields before the path in an entry of `git status --porcelain=v2`, by its first letter; `?` is untracked. */
const FIELDS_BEFORE_PATH: Readonly<Record<string, number>> = { '1': 8, u: 10, '?': 1 }

/**
 * What a checkout holds that no commit does: staged, changed, conflicted and untracked paths, not ignored ones. A file
 * that is only missing is left out: there is nothing of it to lose, and a removal that was broken off can go on.
 */
export async function readChanges(checkout: string): Promise<readonly string[]> {
  // What the user's configuration would hide is asked for by name.
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
