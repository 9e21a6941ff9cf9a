import type { EnvironmentStatus, Outcome, Phase } from '@piko/sdk'
import { openJournal } from '../lifecycle/journal.js'
import type { Narrator } from '../lifecycle/narrator.js'
import { orderSteps } from '../lifecycle/order.js'
import { phaseRow, rankOf } from '../lifecycle/phases.js'
import { stepsThrough, wind } from '../lifecycle/wind.js'
import { requireTools } from '../plugins/tools.js'
import { activePlugins, type Workspace } from '../workspace/open.js'
import { withEnvironmentRun } from './begin-run.js'
import { corePlugin } from './core-plugin.js'
import { requireEnvironment } from './find.js'
import { passGates } from './gates.js'
import type { FlagsByPlugin } from './ground.js'
import { type EnvironmentRecord, setStatus, subjectOf } from './record.js'

export interface UpRequest {
  readonly workspace: Workspace
  readonly version: string
  readonly record: EnvironmentRecord
  readonly verb: 'up' | 'restart' | 'sync'
  readonly through?: Phase
  readonly flags?: FlagsByPlugin
  readonly targets?: readonly string[]
  readonly narrator: Narrator
}

/** Takes an environment up, from wherever it is; what has changed since is done again. */
export async function upEnvironment(request: UpRequest): Promise<Outcome> {
  const { workspace, version, through = 'attach' } = request
  const plugins = [corePlugin(workspace, version), ...(await activePlugins(workspace))]
  return withEnvironmentRun({ ...request, name: request.record.name, plugins }, async ({ run, ground }) => {
    const record = requireEnvironment(workspace.state, request.record.name) // as whoever had the lock has left it
    await requireTools(plugins, run.interrupt.first)
    await passGates(ground, { through, verb: request.verb, signal: run.interrupt.first })
    const starts = rankOf(through) >= rankOf('start')
    try {
      if (starts) setStatus(workspace.state, record.name, 'starting')
      const outcome = await wind(run, stepsThrough(orderSteps(plugins), through))
      if (starts) setStatus(workspace.state, record.name, 'running')
      return outcome
    } catch (error) {
      setStatus(workspace.state, record.name, statusAfterFailure(workspace, record))
      throw error
    }
  })
}

const midway: ReadonlySet<EnvironmentStatus> = new Set(['creating', 'starting', 'stopping'])

/** What this run made is taken back; what still runs from before makes it a failed one rather than a stopped one. */
function statusAfterFailure({ state }: Workspace, { name, status }: EnvironmentRecord): EnvironmentStatus {
  const rows = openJournal(state, subjectOf(name)).rows()
  const runs = rows.some(row => phaseRow(row.phase)?.down && !row.keptByDown)
  return runs || midway.has(status) ? 'failed' : status
}
