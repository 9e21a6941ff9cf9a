import { git } from './git.js'
import type { Repository } from './repository.js'

/** Commits that are only on this local branch: on no other branch, remote-tracking branch or tag. */
export async function countCommitsOnlyOn(repository: Repository, branch: string): Promise<number> {
  const elsewhere = [`--exclude=${branch}`, '--branches', '--remotes', '--tags']
  return countCommits(repository.mainCheckout, [`refs/heads/${branch}`, '--not', ...elsewhere])
}

/** Commits that are only on a detached HEAD. */
export async function countDetachedCommits(repository: Repository, head: string): Promise<number> {
  return countCommits(repository.mainCheckout, [head, '--not', '--branches', '--remotes', '--tags'])
}

/** Commits on branches, HEAD or the stash that are only in a submodule's own repository. */
export async function countSubmoduleCommits(submodule: string): Promise<number> {
  const here = ['HEAD', '--branches', '--glob=refs/stash']
  return countCommits(submodule, [...here, '--not', '--remotes', '--tags'])
}

/** A revision that does not exist (a HEAD without a commit) counts as zero. */
async function countCommits(folder: string, revisions: readonly string[]): Promise<number> {
  const answer = await git(folder, ['rev-list', '--count', ...revisions, '--'], { accept: [128] })
  return Number(answer.stdout) || 0
}
