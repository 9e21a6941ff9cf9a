import type { Environment } from '@piko/sdk'
import { join } from 'node:path'
import { withEnvironmentRun } from '../environment/begin-run.js'
import { corePlugin } from '../environment/core-plugin.js'
import { environmentGround } from '../environment/ground.js'
import { projectGround } from '../environment/project-ground.js'
import type { ActivePlugin } from '../lifecycle/active-plugin.js'
import { type FullContext, makeContext } from '../lifecycle/context.js'
import type { Ground } from '../lifecycle/ground.js'
import { type Interrupt, listenForInterrupt } from '../lifecycle/interrupt.js'
import { withLock } from '../lifecycle/lock.js'
import { otherRunsBy } from '../operation/run-operation.js'
import {
  activePlugins,
  decisionsIn,
  installedPlugins,
  presentPlugins,
  type Workspace,
} from '../workspace/open.js'
import type { Session } from './session.js'
import { whyOff } from './why-off.js'

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
  return contextOf(ground, { plugin: await requirePlugin(workspace, plugins, name), interrupt, session })
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
  const plugin = await requirePlugin(workspace, plugins, name)
  return withEnvironmentRun(request, async ({ run, ground }) => {
    const result = await work(contextOf(ground, { plugin, interrupt: run.interrupt, session }))
    run.settle()
    return result
  })
}

/** A plugin's context for the project as a whole. */
export async function projectContext(
  workspace: Workspace,
  { plugin: name, interrupt, session }: { plugin: string; interrupt: Interrupt; session: Session },
): Promise<FullContext> {
  const plugins = installedPlugins(workspace)
  const plugin = await requirePlugin(workspace, plugins, name)
  return contextOf(projectGround(workspace, plugins), { plugin, interrupt, session })
}

/** Lets a plugin's command change what is the project's as a whole, as the only one to do so. */
export async function changeProjectContext<Result>(
  session: Session,
  plugin: string,
  work: (context: FullContext) => Promise<Result>,
): Promise<Result> {
  const workspace = await session.workspace()
  await refuseOff(workspace, plugin)
  const plugins = installedPlugins(workspace)
  const active = await requirePlugin(workspace, plugins, plugin)
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
    return await withLock(lock, () => work(contextOf(ground, { plugin: active, interrupt, session })))
  } finally {
    interrupt.dispose()
  }
}

/** What a plugin changed for a project that does without it would never take effect. */
async function refuseOff(workspace: Workspace, name: string): Promise<void> {
  const decisions = await decisionsIn(workspace)
  if (decisions.some(({ plugin, wanted, isExplicit }) => plugin.name === name && isExplicit && !wanted))
    throw await whyOff(workspace, name)
}

function contextOf(
  ground: Ground,
  { plugin, interrupt, session }: { plugin: ActivePlugin; interrupt: Interrupt; session: Session },
): FullContext {
  const progress = (line: string) => session.narrator.progress(plugin.name, line)
  const voice = { progress, say: session.narrator.say }
  return makeContext(ground, { plugin, step: undefined, verb: 'look', signal: interrupt.first, ...voice })
}

async function requirePlugin(
  workspace: Workspace,
  plugins: readonly ActivePlugin[],
  name: string,
): Promise<ActivePlugin> {
  const plugin = plugins.find(other => other.name === name)
  if (plugin) return plugin
  throw await whyOff(workspace, name)
}
