import { git } from './git.js'
import type { Repository } from './repository.js'

/** Commits of a local branch that nothing else here holds: no other branch, no remote-tracking branch, no tag. */
export async function countCommitsOnlyOn(repository: Repository, branch: string): Promise<number> {
  const elsewhere = [`--exclude=${branch}`, '--branches', '--remotes', '--tags']
  return countCommits(repository.mainCheckout, [`refs/heads/${branch}`, '--not', ...elsewhere])
}

/** Commits that a detached HEAD holds and nothing else does. */
export async function countDetachedCommits(repository: Repository, head: string): Promise<number> {
  return countCommits(repository.mainCheckout, [head, '--not', '--branches', '--remotes', '--tags'])
}

/** Commits, on branches, HEAD or the stash, that only a submodule's own repository holds. */
export async function countSubmoduleCommits(submodule: string): Promise<number> {
  const here = ['HEAD', '--branches', '--glob=refs/stash']
  return countCommits(submodule, [...here, '--not', '--remotes', '--tags'])
}

/** A start that is not there (a HEAD without a commit) holds none. */
async function countCommits(folder: string, revisions: readonly string[]): Promise<number> {
  const answer = await git(folder, ['rev-list', '--count', ...revisions, '--'], { accept: [128] })
  return Number(answer.stdout) || 0
}
