import type { Workspace } from '../workspace/open.js'
import { observeWork, type Work } from '../worktree/observe-work.js'
import { workWouldBeLost } from './errors.js'
import type { EnvironmentRecord } from './record.js'

export interface LossRequest {
  readonly workspace: Workspace
  readonly record: EnvironmentRecord
  readonly force: boolean
}

/** Throws `WORK_WOULD_BE_LOST` for changes that no commit has, and for commits that nothing but this branch has. */
export async function refuseLoss({ workspace, record, force }: LossRequest): Promise<void> {
  if (force) return
  const what = lossLines(await observeWork(workspace.repository, record.path))
  if (what.length > 0) throw workWouldBeLost({ name: record.name, what, path: record.path })
}

function lossLines(work: Work): readonly string[] {
  const shown = work.uncommitted.slice(0, 10).map(path => `uncommitted: ${path}`)
  const more = work.uncommitted.length - shown.length
  return [
    ...shown,
    ...(more > 0 ? [`and ${more} more uncommitted`] : []),
    ...countLine(
      work.unpushed,
      `that only the branch ${work.branch ?? ''} has: no remote and no other branch`,
    ),
    ...countLine(work.detachedCommits, 'that no branch holds'),
    ...countLine(work.submoduleCommits, 'in submodules that were never pushed'),
    ...(work.inProgress ? [`a ${work.inProgress} is in progress`] : []),
  ]
}

function countLine(count: number, where: string): readonly string[] {
  return count === 0 ? [] : [`${count === 1 ? 'one commit' : `${count} commits`} ${where}`]
}
