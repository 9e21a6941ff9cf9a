import { fetchAllTraces, fetchTracesOf, readClaims } from '../environment/traces.js'
import { fetchLiveOf } from '../environment/live.js'
import { type EnvironmentRecord, readEnvironments } from '../environment/record.js'
import { isLocked } from '../lifecycle/lock.js'
import { environmentLock } from '../runs/locks.js'
import { installedPlugins, wantedPlugins, type Workspace } from '../workspace/open.js'
import { findUnrecorded } from './compare-engine.js'
import { compareRecords } from './compare-records.js'
import { compareServices } from './compare-services.js'
import { compareWorktrees } from './compare-worktrees.js'
import { isOnBranch } from '../worktree/is-on-branch.js'
import type { Difference } from './difference.js'
import { findGoneProjects } from './examine-machine.js'

interface Comparing {
  readonly workspace: Workspace
  readonly signal: AbortSignal
}

/** Compares databases, git and the engine in every direction. Environments that a process works on are left out. */
export async function compareAll(comparing: Comparing): Promise<readonly Difference[]> {
  const { workspace } = comparing
  const plugins = installedPlugins(workspace)
  const { traces: found, problems } = await fetchAllTraces({ ...comparing, plugins })
  const traces = problems.length === 0 ? found : undefined
  const records = readEnvironments(workspace.state)
  const differences = [
    ...(await compareWorktrees(workspace)),
    ...(traces
      ? (await Promise.all(records.map(record => ofEngine(comparing, { record, traces })))).flat()
      : []),
    ...(traces ? findUnrecorded(workspace, traces) : []),
    ...compareRecords(workspace, traces),
    ...findGoneProjects(workspace, traces),
  ]
  return differences.filter(difference => !isBusy(workspace, difference))
}

/** The same for one environment, whose live state is known. */
export async function compareOne(
  comparing: Comparing,
  { record, live }: Pick<Parameters<typeof compareServices>[0], 'record' | 'live'>,
): Promise<readonly Difference[]> {
  const { workspace } = comparing
  const looking = { ...comparing, plugins: await wantedPlugins(workspace) }
  const { traces, problems } = await fetchTracesOf(looking, record.name)
  const services = problems.length > 0 ? [] : await servicesOf(comparing, { record, live, traces })
  const isOnIt = await isOnBranch(workspace.repository, record)
  const all = [...(isOnIt ? [] : await compareWorktrees(workspace, [record])), ...services]
  return all.filter(difference => difference.environment === record.name && !isBusy(workspace, difference))
}

type Found = Awaited<ReturnType<typeof fetchAllTraces>>['traces']

async function ofEngine(
  comparing: Comparing,
  { record, traces }: { record: EnvironmentRecord; traces: Found },
) {
  const { live } = await fetchLiveOf({ ...comparing, record })
  return servicesOf(comparing, { record, live, traces })
}

async function servicesOf(
  comparing: Comparing,
  {
    record,
    live,
    traces,
  }: Pick<Parameters<typeof compareServices>[0], 'record' | 'live'> & { traces: Found },
): Promise<readonly Difference[]> {
  const { workspace } = comparing
  const claims = readClaims({ ...comparing, plugins: installedPlugins(workspace) }, record.name)
  return compareServices({ state: workspace.state, record, live, claims, traces })
}

function isBusy({ project }: Workspace, { environment }: Difference): boolean {
  return environment !== undefined && isLocked(environmentLock(project.root, environment))
}
