import { lifecycleErrors } from '../errors/lifecycle.js'
import type { JournalRow } from '../lifecycle/journal.js'
import type { Narrator } from '../lifecycle/narrator.js'
import { phaseRow } from '../lifecycle/phases.js'
import type { Scope } from '../lifecycle/scope.js'
import { undoRows } from '../lifecycle/unwind.js'
import { installedPlugins, type Workspace } from '../workspace/open.js'
import { withEnvironmentRun } from './begin-run.js'
import { corePlugin } from './core-plugin.js'
import { findSteps } from './find-steps.js'
import { requireEnvironment } from './find.js'
import { passGates } from './gates.js'
import type { FlagsByPlugin } from './scope.js'
import { type EnvironmentRecord, setStatus } from './record.js'
import { refuseGone } from './refuse-gone.js'

export interface DownRequest {
  readonly workspace: Workspace
  readonly version: string
  readonly record: EnvironmentRecord
  /** Keep what uninstalled plugins created. */
  readonly forget: boolean
  readonly flags?: FlagsByPlugin
  readonly narrator: Narrator
}

/** Stops an environment and keeps its worktree, ports and data. */
export async function downEnvironment(request: DownRequest): Promise<void> {
  const { workspace, version, record } = request
  const plugins = [corePlugin(workspace, version, { way: 'back' }), ...installedPlugins(workspace)]
  await withEnvironmentRun({ ...request, name: record.name, verb: 'down', plugins }, async run => {
    const { status } = requireEnvironment(workspace.state, record.name) // the previous lock holder may have changed it
    const rows = run.journal.rows().filter(row => phaseRow(row.phase)?.down && !row.keptByDown)
    if (!request.forget) refuseGone('piko down', { name: record.name, rows, loaded: workspace.loaded })
    const { first: signal } = run.interrupt
    if (rows.length > 0)
      await passGates(withPluginsOf(run.scope, rows), { through: 'start', verb: 'down', signal })
    if (status !== 'prepared') setStatus(workspace.state, record.name, 'stopping')
    const find = findSteps(plugins)
    const { leftovers } = await undoRows(run, { rows, find, verb: 'down', forget: request.forget })
    if (leftovers.length > 0) throw lifecycleErrors.RUN_INCOMPLETE({ leftovers, retry: run.retry })
    if (status !== 'prepared') setStatus(workspace.state, record.name, 'stopped')
  })
}

/** Only the plugins with something to undo, so that only their gates are checked. */
export function withPluginsOf(scope: Scope, rows: readonly JournalRow[]): Scope {
  return { ...scope, plugins: scope.plugins.filter(({ name }) => rows.some(row => row.plugin === name)) }
}
