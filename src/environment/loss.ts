import { shellWord } from '@piko/sdk'
import { join } from 'node:path'
import { environmentErrors } from '../errors/environment.js'
import type { Workspace } from '../workspace/open.js'
import { countLostWith } from '../worktree/delete-branch.js'
import { observeWork, type Work } from '../worktree/observe-work.js'
import { requireKnownPath } from './known-path.js'
import type { EnvironmentRecord } from './record.js'

export interface LossRequest {
  readonly workspace: Workspace
  readonly record: EnvironmentRecord
  readonly force: boolean
  readonly deleteBranch: boolean
  /** The call with its flags: `piko destroy feature-auth --yes`. */
  readonly command: string
}

/** Work that would be lost, and the command that shows it. */
interface Loss {
  readonly lines: readonly string[]
  readonly hint: string
}

/**
 * Throws `WORK_WOULD_BE_LOST` for uncommitted changes, commits of a detached HEAD that are on no branch, unpushed
 * commits in submodules and, if the branch is deleted too, commits that are only on it.
 */
export async function refuseLoss(request: LossRequest): Promise<void> {
  const { workspace, record, force, deleteBranch, command } = request
  if (force) return
  const { repository } = workspace
  requireKnownPath(repository, record)
  const work = await observeWork(repository, record.path)
  const onBranch = deleteBranch ? await countLostWith(repository, record.branch) : 0
  const losses = [
    ...uncommitted(work, record.path),
    ...branchCommits(onBranch, { root: repository.mainCheckout, branch: record.branch }),
    ...headCommits(work, { root: repository.mainCheckout, head: work.head ?? 'HEAD' }),
    ...submoduleCommits(work, record.path),
  ]
  if (losses.length === 0) return
  const what = losses.flatMap(({ lines }) => lines)
  const progress = work.inProgress ? [`a ${work.inProgress} is in progress`] : []
  const hints = losses.map(({ hint }) => hint)
  throw environmentErrors.WORK_WOULD_BE_LOST({
    name: record.name,
    what: [...what, ...progress],
    hints,
    command,
  })
}

function uncommitted(work: Work, path: string): readonly Loss[] {
  const shown = work.uncommitted.slice(0, 10).map(file => `uncommitted: ${file}`)
  const more = work.uncommitted.length - shown.length
  if (shown.length === 0) return []
  const lines = [...shown, ...(more > 0 ? [`and ${more} more uncommitted`] : [])]
  return [{ lines, hint: `To see the changes, run \`git -C ${shellWord(path)} status\`` }]
}

function branchCommits(count: number, { root, branch }: { root: string; branch: string }): readonly Loss[] {
  if (count === 0) return []
  const word = shellWord(branch)
  const log = `git -C ${shellWord(root)} log ${word} --not --exclude=${word} --branches --remotes --tags`
  return [
    {
      lines: [`${commits(count)} that only the branch ${branch} has: no remote, no other branch and no tag`],
      hint: `To see the commits of ${branch}, run \`${log}\``,
    },
  ]
}

function headCommits(work: Work, { root, head }: { root: string; head: string }): readonly Loss[] {
  if (work.detachedCommits === 0) return []
  const log = `git -C ${shellWord(root)} log ${head} --not --branches --remotes --tags`
  return [
    {
      lines: [`${commits(work.detachedCommits)} at HEAD that no branch has`],
      hint: `To see the commits at HEAD, run \`${log}\``,
    },
  ]
}

function submoduleCommits(work: Work, path: string): readonly Loss[] {
  return work.inSubmodules.map(submodule => {
    const folder = shellWord(join(path, submodule.path))
    const log = `git -C ${folder} log HEAD --branches --glob=refs/stash --not --remotes --tags`
    return {
      lines: [`${commits(submodule.commits)} in the submodule ${submodule.path} that no remote has`],
      hint: `To see the commits of ${submodule.path}, run \`${log}\``,
    }
  })
}

function commits(count: number): string {
  return count === 1 ? 'one commit' : `${count} commits`
}
