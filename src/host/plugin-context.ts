import type { Environment } from '@piko/sdk'
import { join } from 'node:path'
import { withEnvironmentRun } from '../environment/begin-run.js'
import { corePlugin } from '../environment/core-plugin.js'
import { environmentGround } from '../environment/ground.js'
import type { ActivePlugin } from '../lifecycle/active-plugin.js'
import { type FullContext, makeContext } from '../lifecycle/context.js'
import type { Ground, OtherRuns } from '../lifecycle/ground.js'
import { type Interrupt, listenForInterrupt } from '../lifecycle/interrupt.js'
import { withLock } from '../lifecycle/lock.js'
import { otherRunsBy } from '../operation/run-operation.js'
import { pluginOff } from '../plugins/errors.js'
import {
  activePlugins,
  decisionsIn,
  installedPlugins,
  presentPlugins,
  type Workspace,
} from '../workspace/open.js'
import type { Session } from './session.js'

/** What a plugin's own command is given to look at an environment and to change it. */
export async function openContext(
  session: Session,
  {
    plugin: name,
    environment,
    interrupt,
  }: { plugin: string; environment: Environment; interrupt: Interrupt },
): Promise<FullContext> {
  const workspace = await session.workspace()
  const plugins = [corePlugin(workspace, session.version), ...(await presentPlugins(workspace))]
  const operator = { workspace, plugins: installedPlugins(workspace), interrupt, narrator: session.narrator }
  const ground = environmentGround({
    workspace,
    name: environment.name,
    plugins,
    runs: otherRunsBy(operator),
  })
  return contextOf(ground, { plugin: findPlugin(plugins, name), interrupt, session })
}

/** The same as the one writer of the environment. */
export async function changeContext<Result>(
  session: Session,
  { plugin: name, environment }: { plugin: string; environment: Environment },
  work: (context: FullContext) => Promise<Result>,
): Promise<Result> {
  const workspace = await session.workspace()
  const plugins = [corePlugin(workspace, session.version), ...(await activePlugins(workspace))]
  const request = {
    workspace,
    name: environment.name,
    verb: 'run' as const,
    plugins,
    narrator: session.narrator,
  }
  return withEnvironmentRun(request, async ({ run, ground }) => {
    const result = await work(
      contextOf(ground, { plugin: findPlugin(plugins, name), interrupt: run.interrupt, session }),
    )
    run.settle()
    return result
  })
}

/** A plugin's context for the project as a whole. */
export function projectContext(
  workspace: Workspace,
  { plugin: name, interrupt, session }: { plugin: string; interrupt: Interrupt; session: Session },
): FullContext {
  const plugins = installedPlugins(workspace)
  return contextOf(projectGround(workspace, plugins), {
    plugin: findPlugin(plugins, name),
    interrupt,
    session,
  })
}

/** What checks and commands that are about no environment stand on. */
export function projectGround(workspace: Workspace, plugins: readonly ActivePlugin[]): Ground {
  const ground = environmentGround({ workspace, name: '', plugins, runs: noRuns })
  const root = workspace.project.root
  const owner = { project: root, subject: 'project' }
  return { ...ground, subject: { kind: 'project' }, owner, cwd: () => root, variables: () => ({}) }
}

/** Who only looks relies on nothing. */
const noRuns: OtherRuns = { ensure: () => Promise.resolve(), takeBack: () => Promise.resolve() }

/** Lets a plugin's command change what is the project's as a whole, as the only one to do so. */
export async function changeProjectContext<Result>(
  session: Session,
  plugin: string,
  work: (context: FullContext) => Promise<Result>,
): Promise<Result> {
  const workspace = await session.workspace()
  await refuseOff(workspace, plugin)
  const plugins = installedPlugins(workspace)
  const interrupt = listenForInterrupt()
  const operator = { workspace, plugins, interrupt, narrator: session.narrator }
  const ground = { ...projectGround(workspace, plugins), runs: otherRunsBy(operator) }
  const lock = {
    file: join(workspace.project.root, '.piko', 'locks', 'project.db'),
    holder: `piko: ${plugin}`,
    signal: interrupt.first,
    onWait: (holder: string) => session.narrator.say(`Waiting for \`${holder}\``),
  }
  try {
    return await withLock(lock, () =>
      work(contextOf(ground, { plugin: findPlugin(plugins, plugin), interrupt, session })),
    )
  } finally {
    interrupt.dispose()
  }
}

/** What a plugin changed for a project that does without it would never take effect. */
async function refuseOff(workspace: Workspace, name: string): Promise<void> {
  const decisions = await decisionsIn(workspace)
  if (decisions.some(({ plugin, wanted, isSaid }) => plugin.name === name && isSaid && !wanted))
    throw pluginOff(name)
}

function contextOf(
  ground: Ground,
  { plugin, interrupt, session }: { plugin: ActivePlugin; interrupt: Interrupt; session: Session },
): FullContext {
  const progress = (line: string) => session.narrator.progress(plugin.name, line)
  return makeContext(ground, { plugin, step: undefined, verb: 'look', signal: interrupt.first, progress })
}

function findPlugin(plugins: readonly ActivePlugin[], name: string): ActivePlugin {
  const plugin = plugins.find(other => other.name === name)
  if (plugin) return plugin
  throw pluginOff(name)
}
