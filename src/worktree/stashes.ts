import { git, splitNul } from './git.js'
import type { Repository } from './repository.js'

/** How git names a stash entry when it makes one: `WIP on <branch>: …`, `On <branch>: …`. A format, not translated. */
const MADE_ON = /^(?:WIP on|On) ([^:]+):/

/** Stash entries made on a branch. They belong to the repository: neither worktree nor branch takes them along. */
export async function countStashes(repository: Repository, branch: string): Promise<number> {
  const args = ['log', '--walk-reflogs', '-z', '--format=%gs', 'refs/stash', '--']
  const { stdout } = await git(repository.mainCheckout, args, { accept: [128] })
  return splitNul(stdout).filter(subject => MADE_ON.exec(subject)?.[1] === branch).length
}
