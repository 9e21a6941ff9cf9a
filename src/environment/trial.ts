import { mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ActivePlugin } from '../lifecycle/active-plugin.js'
import type { Interrupt } from '../lifecycle/interrupt.js'
import { silentNarrator } from '../lifecycle/narrator.js'
import type { ScopedRun } from '../runs/begin-run.js'
import { copyInMemory } from '../state/open.js'
import type { Workspace } from '../workspace/open.js'
import { carryFiles } from '../worktree/carry-files.js'
import { exportTree } from '../worktree/export-tree.js'
import { filesToCarry } from '../worktree/files-to-carry.js'
import { resolveBranch } from '../worktree/resolve-branch.js'
import { environmentRun, type EnvironmentRunRequest } from './begin-run.js'
import { addRecord, findRecord, type Identity, setPath } from './record.js'
import { environmentScope } from './scope.js'

/** A run on in-memory copies of the databases. Nothing of it is kept. */
export interface Trial {
  readonly run: ScopedRun
  /** The checkout that it reads: a temporary copy of the branch, or the worktree. */
  readonly path: string
}

export interface TrialRequest {
  readonly identity: Identity
  readonly run: EnvironmentRunRequest
  readonly interrupt: Interrupt
  /** The plugins of the run, for the workspace with the copies. */
  plugins(workspace: Workspace): readonly ActivePlugin[]
  /** Where a new branch starts. */
  readonly from?: string | undefined
}

/** Runs `work` on a copy of the branch in a temporary folder, with the files that a worktree gets. */
export async function onCopy<Result>(
  request: TrialRequest,
  work: (trial: Trial) => Promise<Result>,
): Promise<Result> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'piko-rehearsal-')))
  const path = join(folder, 'worktree')
  try {
    await fillWorktree(request, path)
    return await inMemory(request, path, work)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Runs `work` on the worktree itself. */
export function inPlace<Result>(
  request: TrialRequest,
  work: (trial: Trial) => Promise<Result>,
): Promise<Result> {
  return inMemory(request, request.identity.path, work)
}

async function inMemory<Result>(
  request: TrialRequest,
  path: string,
  work: (trial: Trial) => Promise<Result>,
): Promise<Result> {
  const workspace = copyState(request.run.workspace, { ...request.identity, path })
  try {
    return await work({ run: runOn(workspace, request), path })
  } finally {
    workspace.state.close()
    workspace.machine.close()
  }
}

function runOn(workspace: Workspace, { run, interrupt, plugins }: TrialRequest): ScopedRun {
  const scope = environmentScope({ ...run, workspace, plugins: plugins(workspace) })
  const hideFromGit = () => Promise.resolve() // the exclude file belongs to the real repository
  const command = { workspace, interrupt, narrator: silentNarrator }
  return environmentRun(command, { ...scope, hideFromGit }, run)
}

function copyState(workspace: Workspace, identity: Identity): Workspace {
  const [state, machine] = [copyInMemory(workspace.state), copyInMemory(workspace.machine)]
  if (findRecord(state, identity.name)) setPath(state, identity.name, identity.path)
  else addRecord(state, identity)
  return { ...workspace, state, machine }
}

async function fillWorktree({ run, identity, from, interrupt }: TrialRequest, path: string): Promise<void> {
  const { repository, config, project, readIgnored } = run.workspace
  const isExisting = (await resolveBranch(repository, identity.branch)).kind !== 'new'
  const branch = await resolveBranch(repository, identity.branch, isExisting ? {} : { from })
  await exportTree(repository, branch, { folder: path, signal: interrupt.first })
  const copy = await filesToCarry(repository, { copy: config.files.copy, readIgnored })
  await carryFiles({ from: project.root, to: path, copy, link: config.files.link })
}
