import { git, splitNul } from './git.js'
import type { Repository } from './repository.js'

/** The name that git gives a stash entry: `WIP on <branch>: …` or `On <branch>: …`. Git does not translate it. */
const MADE_ON = /^(?:WIP on|On) ([^:]+):/

/** Counts stash entries made on a branch. They belong to the repository and outlive both worktree and branch. */
export async function countStashes(repository: Repository, branch: string): Promise<number> {
  const args = ['log', '--walk-reflogs', '-z', '--format=%gs', 'refs/stash', '--']
  const { stdout } = await git(repository.mainCheckout, args, { accept: [128] })
  return splitNul(stdout).filter(subject => MADE_ON.exec(subject)?.[1] === branch).length
}
