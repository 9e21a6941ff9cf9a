import { findMerge, type Merge } from '#src/worktree/find-merge.js'
import { requireCommit } from '#src/worktree/refs.js'
import type { Repository } from '#src/worktree/repository.js'
import type { GitBed } from './git.js'

/** A repository whose branch `x` and main have diverged; main is checked out. */
export interface Diverged {
  readonly repository: Repository
  git(...args: readonly string[]): string
  commit(file: string, text?: string): string
}

/** Gives `x` a commit for each file, and main one more commit. */
export function diverge(bed: GitBed, files: readonly string[]): Diverged {
  const repository = bed.repository()
  const git = (...args: readonly string[]) => bed.git(repository.mainCheckout, ...args)
  const commit = (file: string, text?: string) => bed.commit(repository.mainCheckout, file, text)
  git('switch', '-q', '-c', 'x')
  for (const file of files) commit(file)
  git('switch', '-q', 'main')
  commit('later')
  return { repository, git, commit }
}

/** Merges `x` as one new commit. */
export function squash({ git }: Diverged): void {
  git('merge', '-q', '--squash', 'x')
  git('commit', '-q', '-m', 'All of x (#1)')
}

export async function howMerged(repository: Repository, branch = 'x'): Promise<Merge['how'] | undefined> {
  const tip = await requireCommit(repository, `refs/heads/${branch}`)
  return (await findMerge(repository, branch, tip))?.how
}
