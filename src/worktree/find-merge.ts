import { findDefaultBranches } from './default-branch.js'
import { git, splitNul } from './git.js'
import type { Repository } from './repository.js'

/** How a default branch came to contain everything that a branch has. */
export interface Merge {
  /** The default branch: `origin/main`. */
  readonly into: string
  readonly how: 'merged' | 'rebased' | 'squashed' | 'equal'
  /** The branch's commit that was compared. */
  readonly tip: string
}

/**
 * Whether a default branch contains everything that the branch has: its commits, the same changes in other commits, or
 * all of them in one commit, or merging it would change nothing. A branch that has no commits of its own yet is not
 * merged.
 */
export async function findMerge(
  { mainCheckout }: Repository,
  branch: string,
  tip: string,
): Promise<Merge | undefined> {
  const bases = (await findDefaultBranches(mainCheckout)).filter(base => base !== branch)
  for (const into of bases) {
    const how = await howMerged(mainCheckout, { base: into, branch, tip })
    if (how !== undefined) return { into, how, tip }
  }
  return undefined
}

/** `base`: the default branch. */
interface Comparison {
  readonly base: string
  readonly branch: string
  readonly tip: string
}

async function howMerged(folder: string, compared: Comparison): Promise<Merge['how'] | undefined> {
  const { base, tip } = compared
  if (await succeeds(folder, ['merge-base', '--is-ancestor', tip, base]))
    return (await hasOwnCommits(folder, compared)) ? 'merged' : undefined
  const { stdout: start } = await git(folder, ['merge-base', base, tip], { accept: [1] })
  if (start === '') return undefined
  if (await isRebased(folder, compared)) return 'rebased'
  if (await isSquashed(folder, { base, tip, start })) return 'squashed'
  return (await changesNothing(folder, compared)) ? 'equal' : undefined
}

/**
 * For a branch whose commit the default branch contains. A commit that the default branch reached only through a merge
 * came from elsewhere. Otherwise the reflog tells: a new branch and one that was merged by a fast-forward look the same.
 */
async function hasOwnCommits(folder: string, { base, branch, tip }: Comparison): Promise<boolean> {
  const range = ['rev-list', '--first-parent', '--parents', `${tip}..${base}`, '--']
  const { stdout: chain } = await git(folder, range)
  const oldest = chain.split('\n').at(-1)
  const isOnChain = oldest === '' || oldest?.split(' ')[1] === tip
  if (!isOnChain) return true
  const reflog = ['reflog', 'show', '--format=%gs', `refs/heads/${branch}`, '--']
  const { stdout: moves } = await git(folder, reflog, { accept: [128] })
  return /^(commit|cherry-pick|revert|am|rebase)\b/m.test(moves)
}

/** Each commit has one with the same change on the default branch. Merge commits have no such counterpart. */
async function isRebased(folder: string, { base, tip }: Comparison): Promise<boolean> {
  const merges = await git(folder, ['rev-list', '--merges', '--max-count=1', `${base}..${tip}`, '--'])
  if (merges.stdout !== '') return false
  const { stdout } = await git(folder, ['cherry', base, tip])
  return stdout !== '' && stdout.split('\n').every(line => line.startsWith('- '))
}

/** One commit of the default branch has the change of the whole branch. Patch ids ignore what is in binary files. */
async function isSquashed(
  folder: string,
  { base, tip, start }: Pick<Comparison, 'base' | 'tip'> & { readonly start: string },
): Promise<boolean> {
  const { stdout: diff } = await git(folder, ['diff-tree', ...patch, start, tip])
  const [whole] = await readPatchIds(folder, diff)
  if (whole === undefined || /^Binary files /m.test(diff)) return false
  const { stdout: paths } = await git(folder, ['diff-tree', '-r', '--name-only', '-z', start, tip])
  const range = ['rev-list', '--no-merges', `${start}..${base}`, '--', ...splitNul(paths)]
  const { stdout: commits } = await git(folder, ['--literal-pathspecs', ...range])
  const { stdout: diffs } = await git(folder, ['diff-tree', '--stdin', ...patch], { input: `${commits}\n` })
  return (await readPatchIds(folder, diffs)).includes(whole)
}

/** Whatever the user's configuration says about diffs. */
const patch = ['-p', '--full-index', '--no-renames', '--no-ext-diff', '--no-textconv'] as const

async function readPatchIds(folder: string, input: string): Promise<readonly string[]> {
  if (input === '') return []
  const { stdout } = await git(folder, ['patch-id', '--stable'], { input: `${input}\n` })
  return stdout.split('\n').flatMap(line => line.split(' ')[0] || [])
}

/** Merging the branch would leave the default branch as it is. Git before 2.38 cannot tell. */
async function changesNothing(folder: string, { base, tip }: Comparison): Promise<boolean> {
  const args = ['merge-tree', '--write-tree', '--no-messages', base, tip]
  const merged = await git(folder, args, { accept: [1, 128, 129] })
  if (merged.exitCode !== 0) return false
  const { stdout: tree } = await git(folder, ['rev-parse', `${base}^{tree}`])
  return merged.stdout === tree
}

async function succeeds(folder: string, args: readonly string[]): Promise<boolean> {
  return (await git(folder, args, { accept: [1] })).exitCode === 0
}
