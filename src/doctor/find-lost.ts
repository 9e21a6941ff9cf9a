import type { Recalled, Trace } from '@piko/sdk'
import { existsSync } from 'node:fs'
import { basename, isAbsolute, join } from 'node:path'
import { readEnvironments } from '../environment/record.js'
import { fetchAllTraces } from '../environment/traces.js'
import { installedPlugins, type Workspace } from '../workspace/open.js'
import { listWorktrees, type Worktree } from '../worktree/list-worktrees.js'

/** An environment that exists but is not recorded. */
export interface Lost {
  readonly name: string
  readonly branch: string
  readonly path: string
  readonly ports: Recalled['ports']
  /** What carries its labels on the engine. */
  readonly traces: readonly Trace[]
}

/** Finds environments by their worktrees, what is generated there, and labels. Throws if an engine does not answer. */
export async function findLost(workspace: Workspace, signal: AbortSignal): Promise<readonly Lost[]> {
  const { state, repository, project } = workspace
  const plugins = installedPlugins(workspace)
  const [worktrees, { traces, problems }] = await Promise.all([
    listWorktrees(repository),
    fetchAllTraces({ workspace, plugins, signal }),
  ])
  const [problem] = problems
  if (problem) throw problem
  const records = readEnvironments(state)
  const unknown = worktrees.filter(
    ({ main, path }) => !main && existsSync(path) && !records.some(record => record.path === path),
  )
  const found = await Promise.all(unknown.map(worktree => recognize(workspace, worktree)))
  return found
    .filter(one => one !== undefined)
    .filter(({ name, branch }) => !records.some(record => record.name === name || record.branch === branch))
    .map(one => ({
      ...one,
      traces: traces.filter(trace => trace.root === project.root && trace.environment === one.name),
    }))
}

/** A worktree with a file that piko generated, or in piko's folder of worktrees. */
async function recognize(
  workspace: Workspace,
  { path, branch }: Worktree,
): Promise<Omit<Lost, 'traces'> | undefined> {
  const { dir } = workspace.config.worktrees
  const home = isAbsolute(dir) ? dir : join(workspace.project.root, dir)
  const asked = installedPlugins(workspace).map(
    async ({ definition }) => await definition.contributes?.recalls?.(path),
  )
  const recalled = (await Promise.all(asked)).find(one => one !== undefined)
  const isInHome =
    join(home, basename(path)) === path && home.startsWith(join(workspace.project.root, '.piko'))
  if (!recalled && !isInHome) return undefined
  const name = recalled?.environment ?? basename(path)
  return { name, branch: branch ?? name, path, ports: recalled?.ports ?? {} }
}
