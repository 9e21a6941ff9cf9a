import { failure, type Failure, shellWord } from '@piko/sdk'
import { basename } from 'node:path'
import type { Repository } from './repository.js'

const MOST_SHOWN = 10

export function repositoryMissing(folder: string): Failure {
  return failure({
    code: 'REPOSITORY_MISSING',
    message: `${folder} is not in a git repository`,
    hints: [`To make it one, run \`git -C ${shellWord(folder)} init\``],
  })
}

export function repositoryUnreadable(place: string, lines: readonly string[]): Failure {
  return failure({
    code: 'REPOSITORY_UNREADABLE',
    message: `git cannot read the repository at ${place}`,
    details: nonEmpty(lines),
    hints: [`To see what git says of it, run \`git -C ${shellWord(folderOf(place))} status\``],
  })
}

export function repositoryBare(gitDir: string): Failure {
  const checkout = `${gitDir.replace(/(\/|\.git)+$/, '')}-main`
  return failure({
    code: 'REPOSITORY_BARE',
    message: `${gitDir} is a bare repository, and piko needs one with a main checkout`,
    hints: [
      `To clone it into one with a main checkout, run \`git clone ${shellWord(gitDir)} ${shellWord(checkout)}\``,
    ],
  })
}

export function repositoryMainUnknown(gitDir: string): Failure {
  return failure({
    code: 'REPOSITORY_MAIN_UNKNOWN',
    message: `The repository ${gitDir} is separate from its main checkout and does not say where that is`,
    hints: [
      `To set it, run in the main checkout \`git --git-dir=${shellWord(gitDir)} config core.worktree "$PWD"\``,
    ],
  })
}

export function repositoryEmpty(checkout: string): Failure {
  return failure({
    code: 'REPOSITORY_EMPTY',
    message: `${checkout} has no commit yet, so no branch can start there`,
    hints: [`To create one, run \`git -C ${shellWord(checkout)} commit --allow-empty -m 'First commit'\``],
  })
}

export function branchNameInvalid(name: string): Failure {
  return failure({
    code: 'BRANCH_NAME_INVALID',
    message: `${JSON.stringify(name)} is not a valid branch name`,
    hints: ['To read what git allows, run `git help check-ref-format`'],
    kind: 'usage',
  })
}

export function branchExists(
  branch: string,
  facts: { readonly from: string; readonly place: string },
): Failure {
  return failure({
    code: 'BRANCH_EXISTS',
    message: `Branch ${branch}already exists (${facts.place}), so it cannot start from ${facts.from}`,
    hints: [
      `To start another branch there, run \`piko create ${shellWord(`${branch}-2`)} --from ${shellWord(facts.from)}\``,
      `To use the branch as it is, run \`piko create ${shellWord(branch)}\``,
    ],
    kind: 'usage',
  })
}

export function branchNameBlocked(branch: string, blocker: string): Failure {
  return failure({
    code: 'BRANCH_NAME_BLOCKED',
    message: `Branch ${branch} cannot exist next to branch ${blocker}: git keeps one as a folder of the other`,
    hints: [
      `To give the environment another branch, run \`piko create ${shellWord(branch.replaceAll('/', '-'))}-2\``,
    ],
  })
}

export function branchAmbiguous(
  branch: string,
  { owners, mainCheckout }: { readonly owners: readonly string[]; readonly mainCheckout: string },
): Failure {
  const choose = (owner: string) =>
    `git -C ${shellWord(mainCheckout)} branch --track ${shellWord(branch)} ${shellWord(`${owner}/${branch}`)}`
  return failure({
    code: 'BRANCH_AMBIGUOUS',
    message: `Branch ${branch} is on several remotes: ${owners.join(', ')}`,
    hints: [
      ...owners.map(owner => `To take the one of ${owner}, run \`${choose(owner)}\``),
      `To take one remote's always, run \`git -C ${shellWord(mainCheckout)} config checkout.defaultRemote ${shellWord(owners[0] ?? '')}\``,
    ],
  })
}

export function branchCheckedOut(
  branch: string,
  place: { readonly path: string; readonly gone: boolean; readonly mainCheckout: string },
): Failure {
  const other = `piko create ${shellWord(`${branch}-2`)} --from ${shellWord(branch)}`
  const forget = `git -C ${shellWord(place.mainCheckout)} worktree remove ${shellWord(place.path)}`
  return failure({
    code: 'BRANCH_CHECKED_OUT',
    message: `Branch ${branch} is checked out at ${place.path}${place.gone ? ', a folder that is gone' : ''}`,
    hints: [
      `To start another branch from it, run \`${other}\``,
      place.gone
        ? `To make git forget that folder, run \`${forget}\``
        : `To work there, run \`cd ${shellWord(place.path)}\``,
    ],
  })
}

export function refMissing(words: string, nearest: string | undefined): Failure {
  return failure({
    code: 'BRANCH_START_MISSING',
    message: `There is no commit, branch or tag ${words}${nearest === undefined ? '' : `; the nearest name is ${nearest}`}`,
    hints: ['To fetch what the remotes have, run `git fetch --all --tags`'],
    kind: 'usage',
  })
}

export function branchHasWork(repository: Repository, branch: string, commits: number): Failure {
  return failure({
    code: 'BRANCH_UNMERGED',
    message: `Branch ${branch} has ${count(commits, 'commit')} that nothing else has; it was not deleted`,
    hints: [
      `To see them, run \`git -C ${shellWord(repository.mainCheckout)} log ${shellWord(branch)} --not --exclude=${shellWord(branch)} --branches --remotes --tags\``,
      `To delete it with them, run \`git -C ${shellWord(repository.mainCheckout)} branch -D ${shellWord(branch)}\``,
    ],
    kind: 'refused',
  })
}

export function worktreePathTaken(path: string): Failure {
  return failure({
    code: 'WORKTREE_PATH_TAKEN',
    message: `${path}already exists and is not a worktree of this repository; nothing was changed`,
    hints: [`To move it out of the way, run \`mv ${shellWord(path)} ${shellWord(`${path}.old`)}\``],
    kind: 'refused',
  })
}

export function worktreeHasOtherBranch(
  path: string,
  { wanted, found }: { readonly wanted: string; readonly found: string | undefined },
): Failure {
  const state = found === undefined ? 'a detached HEAD' : `branch ${found}`
  return failure({
    code: 'WORKTREE_ON_OTHER_BRANCH',
    message: `The worktree ${path} is on ${state}, not on branch ${wanted}; nothing was changed`,
    hints: [`To put it back, run \`git -C ${shellWord(path)} switch ${shellWord(wanted)}\``],
    kind: 'refused',
  })
}

export function worktreeLocked(
  { mainCheckout }: Repository,
  { path, locked }: { readonly path: string; readonly locked?: string },
): Failure {
  return failure({
    code: 'WORKTREE_LOCKED',
    message: `The worktree ${path} is locked${locked ? `: ${locked}` : ''}`,
    hints: [`To unlock it, run \`git -C ${shellWord(mainCheckout)} worktree unlock ${shellWord(path)}\``],
    kind: 'refused',
  })
}

export function worktreeIsMain(path: string): Failure {
  return failure({
    code: 'WORKTREE_IS_MAIN',
    message: `${path} is the main checkout, which holds the repository; it is never removed`,
    kind: 'refused',
  })
}

export function worktreeUnregistered(path: string): Failure {
  return failure({
    code: 'WORKTREE_UNREGISTERED',
    message: `${path} is not a worktree of this repository, so what is in it was left alone`,
    hints: [`To remove it with all that is in it, run \`rm -rf ${shellWord(path)}\``],
    kind: 'refused',
  })
}

export function worktreeBroken({ mainCheckout }: Repository, path: string): Failure {
  return failure({
    code: 'WORKTREE_BROKEN',
    message: `The worktree ${path} has lost its link to the repository, so its work cannot be checked`,
    hints: [
      `To repair the link, run \`git -C ${shellWord(mainCheckout)} worktree repair ${shellWord(path)}\``,
    ],
    kind: 'refused',
  })
}

export function worktreeHasWork(
  path: string,
  work: {
    readonly uncommitted: readonly string[]
    readonly detachedCommits: number
    readonly submoduleCommits: number
  },
): Failure {
  const losses = [
    [work.uncommitted.length, 'uncommitted path'],
    [work.detachedCommits, 'commit on no branch'],
    [work.submoduleCommits, 'commit that only a submodule holds'],
  ] as const
  const named = losses.filter(([number]) => number > 0).map(([number, what]) => `${number} × ${what}`)
  return failure({
    code: 'WORKTREE_HAS_WORK',
    message: `The worktree ${path} has work that would be lost (${named.join(', ')}); nothing was removed`,
    details: shown(work.uncommitted),
    hints: [
      `To remove it with that work, run \`piko destroy ${shellWord(basename(path))} --force\``,
      `To see the work, run \`git -C ${shellWord(path)} status\``,
    ],
    kind: 'refused',
  })
}

export function worktreeFilesForeign(
  path: string,
  facts: { readonly foreign: readonly string[]; readonly untouched: boolean; readonly cause?: unknown },
): Failure {
  const [first = path, ...others] = facts.foreign
  const more = others.length === 0 ? '' : ` and ${others.length} more`
  const after = facts.untouched ? 'nothing was removed' : 'the rest is removed in part'
  const words = facts.foreign.slice(0, MOST_SHOWN).map(shellWord)
  return failure({
    code: 'WORKTREE_FILES_FOREIGN',
    message: `${first}${more} cannot be removed by this user; ${after}, and the worktree ${path} is still registered`,
    details: shown(facts.foreign),
    hints: [`To remove what containers left there, run \`sudo rm -rf ${words.join(' ')}\``],
    cause: facts.cause,
  })
}

export function copyFailed(source: string, facts: { exitCode: number; stderr: string }): Failure {
  return failure({
    code: 'DEPENDENCIES_COPY_FAILED',
    message: `${source} could not be copied to the worktree: \`cp\` ended with exit code ${facts.exitCode}`,
    details: nonEmpty(facts.stderr.split('\n')),
    hints: ['To leave it out, set `dependencies: {}` in .piko.yml'],
    kind: 'tool',
  })
}

export function submodulesFailed(
  { mainCheckout }: Pick<Repository, 'mainCheckout'>,
  {
    checkout,
    stderr,
    exitCode,
  }: { readonly checkout: string; readonly stderr: string; readonly exitCode: number },
): Failure {
  const command = 'submodule update --init --recursive'
  return failure({
    code: 'WORKTREE_SUBMODULES_FAILED',
    message: `\`git ${command}\` failed in ${checkout} with exit code ${exitCode}`,
    details: nonEmpty(stderr.split('\n')),
    hints: [`To try it where the repository is, run \`git -C ${shellWord(mainCheckout)} ${command}\``],
    kind: 'tool',
  })
}

export function carryPathRefused(path: string, reason: string): Failure {
  return failure({
    code: 'WORKTREE_CARRY_PATH',
    message: `${JSON.stringify(path)} cannot be copied into a worktree: ${reason}`,
    hints: ['To correct `files:` in .piko.yml, see the paths with `piko config show`'],
  })
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}

function shown(paths: readonly string[]): readonly string[] {
  if (paths.length <= MOST_SHOWN) return paths
  return [...paths.slice(0, MOST_SHOWN), `and ${paths.length - MOST_SHOWN} more`]
}

function nonEmpty(lines: readonly string[]): readonly string[] {
  return lines.filter(line => line.trim() !== '').slice(-MOST_SHOWN)
}

function folderOf(dotGit: string): string {
  return dotGit.replace(/\/\.git$/, '') || '/'
}
