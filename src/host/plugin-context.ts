import type { Environment } from '@piko/sdk'
import { withEnvironmentRun } from '../environment/begin-run.js'
import { corePlugin } from '../environment/core-plugin.js'
import { environmentScope } from '../environment/scope.js'
import type { ActivePlugin } from '../lifecycle/active-plugin.js'
import { type FullContext, makeContext } from '../lifecycle/context.js'
import type { Scope } from '../lifecycle/scope.js'
import { beginCommand, type Command, holdLock } from '../runs/begin-run.js'
import { otherRuns } from '../runs/defined-run.js'
import { projectLock } from '../runs/locks.js'
import { projectScope } from '../runs/project-scope.js'
import {
  activePlugins,
  decisionsIn,
  installedPlugins,
  presentPlugins,
  type Workspace,
} from '../workspace/open.js'
import type { Session } from './session.js'
import { whyOff } from './why-off.js'

/** The context in which a plugin's own command reads and changes an environment. */
export async function openContext(
  command: Command,
  { version, plugin, environment }: { version: string; plugin: string; environment: Environment },
): Promise<FullContext> {
  const { workspace } = command
  const plugins = [corePlugin(workspace, version), ...(await presentPlugins(workspace))]
  const scope = environmentScope({ workspace, name: environment.name, plugins })
  return contextOf(command, scope, await requirePlugin(workspace, plugins, plugin))
}

/** The same as the only writer of the environment. */
export async function changeContext<Result>(
  { version, narrator, ...session }: Session,
  about: { plugin: string; environment: Environment },
  work: (context: FullContext) => Promise<Result>,
): Promise<Result> {
  const workspace = await session.workspace()
  const plugins = [corePlugin(workspace, version), ...(await activePlugins(workspace))]
  const plugin = await requirePlugin(workspace, plugins, about.plugin)
  const { name } = about.environment
  return withEnvironmentRun({ workspace, name, verb: 'run', plugins, narrator }, async run => {
    const result = await work(contextOf({ ...run, workspace }, run.scope, plugin))
    run.refresh()
    return result
  })
}

/** A plugin's context for the project as a whole. */
export async function projectContext(command: Command, plugin: string): Promise<FullContext> {
  const { workspace } = command
  const plugins = installedPlugins(workspace)
  const active = await requirePlugin(workspace, plugins, plugin)
  return contextOf(command, projectScope(workspace, plugins), active)
}

/** Lets a plugin's command change the project as a whole, under the project's lock. */
export async function changeProjectContext<Result>(
  session: Session,
  plugin: string,
  work: (context: FullContext) => Promise<Result>,
): Promise<Result> {
  const workspace = await session.workspace()
  await refuseOff(workspace, plugin)
  await requirePlugin(workspace, installedPlugins(workspace), plugin)
  const { narrator } = session
  return beginCommand({ workspace, narrator, name: plugin }, command => {
    const lock = { file: projectLock(workspace.project.root), holder: `piko: ${plugin}` }
    return holdLock(command, lock, async () => work(await projectContext(command, plugin)))
  })
}

/** Refuses changes by a plugin that is turned off in the project: they would never take effect. */
async function refuseOff(workspace: Workspace, name: string): Promise<void> {
  const decisions = await decisionsIn(workspace)
  if (decisions.some(({ plugin, wanted, isExplicit }) => plugin.name === name && isExplicit && !wanted))
    throw await whyOff(workspace, name)
}

function contextOf(command: Command, scope: Scope, plugin: ActivePlugin): FullContext {
  const { narrator, interrupt } = command
  return makeContext(scope, {
    plugin,
    verb: 'look',
    signal: interrupt.first,
    runs: otherRuns(command),
    progress: line => narrator.progress(plugin.name, line),
    say: narrator.say,
  })
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
