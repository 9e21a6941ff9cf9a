import type { Size } from '@piko/sdk'
import { sep } from 'node:path'
import { isLocked } from '../../lifecycle/lock.js'
import { environmentLock } from '../../runs/locks.js'
import type { Workspace } from '../../workspace/open.js'
import { findMerge, type Merge } from '../../worktree/find-merge.js'
import { observeWork, type Work } from '../../worktree/observe-work.js'
import { findBranch } from '../../worktree/refs.js'
import { type EnvironmentRecord, readEnvironments } from '../record.js'
import { measureEnvironment } from '../sizes.js'
import { readLastUse } from './last-use.js'

export interface PruneRequest {
  readonly workspace: Workspace
  /** The current folder: its environment stays. */
  readonly folder: string
  readonly merged: boolean
  /** Milliseconds without use. */
  readonly olderThan: number | undefined
  readonly now: number
}

/** An environment that is no longer needed, and why. */
export interface Prunable {
  readonly record: EnvironmentRecord
  readonly merge: Merge | undefined
  /** Milliseconds since its last use, if that is too long. */
  readonly idle: number | undefined
  readonly sizes: readonly Size[]
}

/** An environment that is no longer needed but stays. */
interface Spared {
  readonly record: EnvironmentRecord
  /** "2 uncommitted files" */
  readonly because: string
}

export interface Prunables {
  readonly prunable: readonly Prunable[]
  readonly spared: readonly Spared[]
}

/** Finds environments that are merged, or unused for too long. One with work that would be lost is spared. */
export async function findPrunable(request: PruneRequest): Promise<Prunables> {
  const found = await Promise.all(
    readEnvironments(request.workspace.state).map(record => examine(request, record)),
  )
  return {
    prunable: found.filter(one => one !== undefined && 'sizes' in one),
    spared: found.filter(one => one !== undefined && 'because' in one),
  }
}

async function examine(
  request: PruneRequest,
  record: EnvironmentRecord,
): Promise<Prunable | Spared | undefined> {
  const { workspace } = request
  const { repository } = workspace
  const tip = (await findBranch(repository, record.branch))?.commit
  const [merge, idle] = await Promise.all([
    request.merged && tip !== undefined ? findMerge(repository, record.branch, tip) : undefined,
    readIdle(request, record),
  ])
  if (merge === undefined && idle === undefined) return undefined
  const because = reasonToStay(request, record, await observeWork(repository, record.path))
  if (because !== undefined) return { record, because }
  const { sizes } = await measureEnvironment(workspace, record)
  return { record, merge, idle, sizes }
}

async function readIdle(
  { workspace, olderThan, now }: PruneRequest,
  record: EnvironmentRecord,
): Promise<number | undefined> {
  if (olderThan === undefined) return undefined
  const idle = now - (await readLastUse(workspace, record))
  return idle >= olderThan ? idle : undefined
}

function reasonToStay(
  { workspace, folder }: PruneRequest,
  { name, branch, path }: EnvironmentRecord,
  work: Work,
): string | undefined {
  if (folder === path || folder.startsWith(path + sep)) return 'you are in it'
  if (isLocked(environmentLock(workspace.project.root, name))) return 'another piko works on it'
  if (work.inProgress !== undefined) return `a ${work.inProgress} is in progress`
  if (work.uncommitted.length > 0)
    return work.uncommitted.length === 1
      ? '1 uncommitted file'
      : `${work.uncommitted.length} uncommitted files`
  if (work.detachedCommits > 0) return 'commits at HEAD that no branch has'
  if (work.inSubmodules.length > 0) return 'commits in a submodule that no remote has'
  if (work.head !== undefined && work.branch !== branch) return `its worktree is not on ${branch}`
  return undefined
}
