import { join } from 'node:path'
import { worktreeErrors } from '../errors/worktree.js'
import { git, splitNul } from './git.js'
import { exists } from './location.js'
import type { Repository } from './repository.js'

const GITLINK = '160000'

/**
 * Clones and checks out the submodules that have no repository here yet, recursively. Existing ones are left as they
 * are: `submodule update` would move the HEAD that someone works on.
 */
export async function initialiseSubmodules(
  repository: Repository,
  checkout: string,
  signal?: AbortSignal,
): Promise<void> {
  if (!(await exists(join(checkout, '.gitmodules')))) return
  const { here, missing } = await readSubmodules(checkout)
  if (missing.length === 0) return
  // Without paths, git skips those that the user's configuration disables.
  const paths = here.length === 0 ? [] : ['--', ...missing]
  const args = ['submodule', 'update', '--init', '--recursive', ...paths]
  const result = await git(checkout, args, { accept: [1, 2, 128], signal })
  if (result.exitCode !== 0)
    throw worktreeErrors.WORKTREE_SUBMODULES_FAILED({ ...repository, ...result, checkout })
}

/** The submodules of a checkout by path: those that have a repository in their folder, and the others. */
export async function readSubmodules(
  checkout: string,
): Promise<{ readonly here: readonly string[]; readonly missing: readonly string[] }> {
  const { stdout } = await git(checkout, ['ls-files', '--stage', '-z'])
  const gitlinks = splitNul(stdout).filter(entry => entry.startsWith(GITLINK))
  const paths = gitlinks.map(entry => entry.slice(entry.indexOf('\t') + 1))
  const present = await Promise.all(paths.map(path => exists(join(checkout, path, '.git'))))
  return {
    here: paths.filter((_, index) => present[index]),
    missing: paths.filter((_, index) => !present[index]),
  }
}
