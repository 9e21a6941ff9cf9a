import { leftBehind } from '../lifecycle/errors.js'
import type { Narrator } from '../lifecycle/narrator.js'
import { phaseRow } from '../lifecycle/phases.js'
import { undoRows } from '../lifecycle/unwind.js'
import { installedPlugins, type Workspace } from '../workspace/open.js'
import { withEnvironmentRun } from './begin-run.js'
import { corePlugin } from './core-plugin.js'
import { findSteps } from './find-steps.js'
import { requireEnvironment } from './find.js'
import { passGates } from './gates.js'
import type { FlagsByPlugin } from './ground.js'
import { type EnvironmentRecord, setStatus } from './record.js'
import { refuseGone } from './refuse-gone.js'

export interface DownRequest {
  readonly workspace: Workspace
  readonly version: string
  readonly record: EnvironmentRecord
  /** Leaves what plugins made that are not installed. */
  readonly forget: boolean
  readonly flags?: FlagsByPlugin
  readonly narrator: Narrator
}

/** Stops an environment: takes back what runs, and leaves its worktree, ports and data. */
export async function downEnvironment(request: DownRequest): Promise<void> {
  const { workspace, version, record } = request
  const plugins = [corePlugin(workspace, version, 'back'), ...installedPlugins(workspace)]
  await withEnvironmentRun(
    { ...request, name: record.name, verb: 'down', plugins },
    async ({ run, ground }) => {
      const { status } = requireEnvironment(workspace.state, record.name) // as whoever had the lock has left it
      const rows = run.journal.rows().filter(row => phaseRow(row.phase)?.down && !row.keptByDown)
      if (!request.forget) refuseGone('piko down', { name: record.name, rows, loaded: workspace.loaded })
      if (rows.length > 0)
        await passGates(withPluginsOf(ground, rows), {
          through: 'start',
          verb: 'down',
          signal: run.interrupt.first,
        })
      if (status !== 'prepared') setStatus(workspace.state, record.name, 'stopping')
      const { leftovers } = await undoRows(run, {
        rows,
        find: findSteps(plugins),
        verb: 'down',
        forget: request.forget,
      })
      if (leftovers.length > 0) throw leftBehind(leftovers, { retry: run.retry })
      if (status !== 'prepared') setStatus(workspace.state, record.name, 'stopped')
    },
  )
}

/** Only the plugins that have something to take back are asked whether they can. */
export function withPluginsOf<G extends { readonly plugins: readonly { readonly name: string }[] }>(
  ground: G,
  rows: readonly { readonly plugin: string }[],
): G {
  return { ...ground, plugins: ground.plugins.filter(({ name }) => rows.some(row => row.plugin === name)) }
}
