import { errorTable, shellWord } from '@piko/sdk'

/** `commit`: the last that the branch is known to have had. */
type Deleted = { branch: string; environment: string; commit: string; mainCheckout: string }
type Existing = { branch: string; from: string; place: string }
type OnRemotes = { branch: string; owners: readonly string[]; mainCheckout: string }
type CheckedOut = { branch: string; path: string; gone: boolean; mainCheckout: string }
type Unmerged = { mainCheckout: string; branch: string; commits: number }

export const branchErrors = errorTable({
  BRANCH_NAME_INVALID: ({ name }: { name: string }) => ({
    message: `${JSON.stringify(name)} is not a valid branch name`,
    hints: ['To read what git allows, run `git help check-ref-format`'],
    kind: 'usage',
  }),
  /** Creating it again from main would look as if its commits were still there. */
  BRANCH_DELETED: ({ branch, environment, commit, mainCheckout }: Deleted) => ({
    message: `The branch ${branch} of ${environment} was deleted, with commits that no other branch has; nothing was changed`,
    hints: [
      `To bring it back, run \`git -C ${shellWord(mainCheckout)} branch ${shellWord(branch)} ${commit}\``,
      `To remove the environment, run \`piko destroy ${environment}\``,
    ],
    kind: 'refused',
  }),
  BRANCH_EXISTS: ({ branch, from, place }: Existing) => ({
    message: `Branch ${branch} already exists (${place}), so it cannot start from ${from}`,
    hints: [
      `To start another branch there, run \`piko create ${shellWord(`${branch}-2`)} --from ${shellWord(from)}\``,
      `To use the branch as it is, run \`piko create ${shellWord(branch)}\``,
    ],
    kind: 'usage',
  }),
  BRANCH_NAME_BLOCKED: ({ branch, blocker }: { branch: string; blocker: string }) => ({
    message: `Branch ${branch} cannot exist next to branch ${blocker}: git keeps one as a folder of the other`,
    hints: [
      `To give the environment another branch, run \`piko create ${shellWord(branch.replaceAll('/', '-'))}-2\``,
    ],
  }),
  BRANCH_AMBIGUOUS: ({ branch, owners, mainCheckout }: OnRemotes) => {
    const git = `git -C ${shellWord(mainCheckout)}`
    const track = `${git} branch --track ${shellWord(branch)}`
    return {
      message: `Branch ${branch} is on several remotes: ${owners.join(', ')}`,
      hints: [
        ...owners.map(
          owner => `To take the one of ${owner}, run \`${track} ${shellWord(`${owner}/${branch}`)}\``,
        ),
        `To take one remote's always, run \`${git} config checkout.defaultRemote ${shellWord(owners[0] ?? '')}\``,
      ],
    }
  },
  BRANCH_CHECKED_OUT: ({ branch, path, gone, mainCheckout }: CheckedOut) => ({
    message: `Branch ${branch} is checked out at ${path}${gone ? ', a folder that is gone' : ''}`,
    hints: [
      `To start another branch from it, run \`piko create ${shellWord(`${branch}-2`)} --from ${shellWord(branch)}\``,
      gone
        ? `To make git forget that folder, run \`git -C ${shellWord(mainCheckout)} worktree remove ${shellWord(path)}\``
        : `To work there, run \`cd ${shellWord(path)}\``,
    ],
  }),
  BRANCH_START_MISSING: ({ words, nearest }: { words: string; nearest: string | undefined }) => ({
    message: `There is no commit, branch or tag ${words}${nearest === undefined ? '' : `; the nearest name is ${nearest}`}`,
    hints: ['To fetch what the remotes have, run `git fetch --all --tags`'],
    kind: 'usage',
  }),
  BRANCH_UNMERGED: ({ mainCheckout, branch, commits }: Unmerged) => {
    const [git, word] = [`git -C ${shellWord(mainCheckout)}`, shellWord(branch)]
    return {
      message: `Branch ${branch} has ${commits} commit${commits === 1 ? '' : 's'} that nothing else has; it was not deleted`,
      hints: [
        `To see them, run \`${git} log ${word} --not --exclude=${word} --branches --remotes --tags\``,
        `To delete it with them, run \`${git} branch -D ${word}\``,
      ],
      kind: 'refused',
    }
  },
})
