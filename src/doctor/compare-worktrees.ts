import { shellWord } from '@piko/sdk'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { findMovedWorktrees, type Followed, followWorktrees } from '../environment/follow-worktree.js'
import { type EnvironmentRecord, readEnvironments, setBranch, subjectOf } from '../environment/record.js'
import { openJournal } from '../lifecycle/journal.js'
import type { Workspace } from '../workspace/open.js'
import { isForeignPath } from '../environment/known-path.js'
import { listWorktrees, type Worktree } from '../worktree/list-worktrees.js'
import { realLocation } from '../worktree/location.js'
import { type BranchRef, readBranches } from '../worktree/refs.js'
import type { Difference } from './difference.js'

/** Where git differs from the recorded worktrees and branches. */
export async function compareWorktrees(
  workspace: Workspace,
  among = readEnvironments(workspace.state),
): Promise<readonly Difference[]> {
  const { repository } = workspace
  const records = among.filter(record => hasWorktree(workspace, record))
  const [worktrees, branches, moved] = await Promise.all([
    listWorktrees(repository),
    readBranches(repository, ['refs/heads']),
    findMovedWorktrees(workspace),
  ])
  const compared = records.map(record => compare({ workspace, record, worktrees, branches, moved }))
  return [...(await Promise.all(compared)).flat(), ...findUnrecorded(workspace, worktrees)]
}

/** Worktrees in piko's own folder that belong to no environment, perhaps with work in them. */
function findUnrecorded(
  { state, project }: Workspace,
  worktrees: readonly Worktree[],
): readonly Difference[] {
  const known = new Set(readEnvironments(state).map(({ path }) => path))
  const home = `${join(project.root, '.piko', 'worktrees')}/`
  const unknown = worktrees.filter(
    ({ path }) => path.startsWith(home) && existsSync(path) && !known.has(path),
  )
  return unknown.map(({ path }) => ({
    environment: path.slice(home.length),
    title: `The worktree ${path} belongs to no environment`,
    hints: [
      'To record its environment again, run `piko doctor --rebuild`',
      `To remove it, run \`git -C ${shellWord(project.root)} worktree remove ${shellWord(path)}\``,
    ],
  }))
}

interface Comparing {
  readonly workspace: Workspace
  readonly record: EnvironmentRecord
  readonly worktrees: readonly Worktree[]
  readonly branches: readonly BranchRef[]
  readonly moved: readonly Followed[]
}

function hasWorktree({ state }: Workspace, { name }: EnvironmentRecord): boolean {
  return openJournal(state, subjectOf(name)).find('core:checkout')?.state === 'done'
}

async function compare(comparing: Comparing): Promise<readonly Difference[]> {
  const { workspace, record, worktrees } = comparing
  const { name, path } = record
  if (!existsSync(path)) return [missing(comparing)]
  if (isForeignPath(workspace.repository.gitCommonDir, path)) return [foreign(workspace, record)]
  const real = await realLocation(path)
  const places = await Promise.all(worktrees.map(worktree => realLocation(worktree.path)))
  const worktree = worktrees.find((_, index) => places[index] === real)
  if (!worktree || worktree.branch === record.branch) return []
  return [{ environment: name, ...onOther(comparing, worktree.branch) }]
}

function missing({ workspace, record, branches, moved }: Comparing): Difference {
  const { name, path, branch } = record
  const followed = moved.find(one => one.name === name)
  if (followed)
    return {
      environment: name,
      title: `The worktree of ${name} was moved from ${path} to ${followed.to}`,
      hints: [`To use it there, run \`piko up ${name}\``],
      async fix() {
        await followWorktrees(workspace)
        return `Found the worktree of ${name} at ${followed.to}; to write its files again, run \`piko up ${name}\``
      },
    }
  const known = branches.find(({ ref }) => ref === `refs/heads/${branch}`)
  const elsewhere = known?.checkedOutAt && known.checkedOutAt !== path ? known.checkedOutAt : undefined
  const state = known
    ? elsewhere
      ? `, and its branch ${branch} is checked out at ${elsewhere}`
      : ''
    : `, and so is its branch ${branch}`
  return {
    environment: name,
    title: `The worktree of ${name} is gone: ${path}${state}`,
    hints: [
      ...(known && !elsewhere ? [`To check out ${branch} again, run \`piko up ${name}\``] : []),
      `To remove the rest of the environment, run \`piko destroy ${name}\``,
    ],
  }
}

function foreign({ repository }: Workspace, { name, path }: EnvironmentRecord): Difference {
  const repair = `git -C ${shellWord(repository.mainCheckout)} worktree repair ${shellWord(path)}`
  return {
    environment: name,
    title: `${path}, the worktree of ${name}, is not a worktree of this repository`,
    hints: [`To link it again, run \`${repair}\``],
  }
}

function onOther({ workspace, record, branches }: Comparing, found: string | undefined) {
  const { name, path, branch } = record
  const isThere = branches.some(({ ref }) => ref === `refs/heads/${branch}`)
  const isTaken = readEnvironments(workspace.state).some(other => other.branch === found)
  const goBack = `To go back, run \`git -C ${shellWord(path)} switch ${shellWord(branch)}\``
  if (found !== undefined && !isThere && !isTaken)
    return {
      title: `The branch ${branch} of ${name} is gone, and its worktree is on ${found}, as after \`git branch -m\``,
      hints: ['To record the new name, run `piko doctor --fix`'],
      fix() {
        setBranch(workspace.state, name, found)
        return Promise.resolve(`Recorded that ${name} is on the branch ${found}, not ${branch}`)
      },
    }
  const on = found === undefined ? 'a detached HEAD' : `the branch ${found}`
  const gone = `To create it there, run \`git -C ${shellWord(path)} switch -c ${shellWord(branch)}\``
  return { title: `The worktree of ${name} is on ${on}, not on ${branch}`, hints: [isThere ? goBack : gone] }
}
