import type { Failure } from '@piko/sdk'
import { detailsOf } from '@piko/sdk'
import { corePlugin } from '../environment/core-plugin.js'
import { addRecord, findRecord, setStatus, subjectOf } from '../environment/record.js'
import { upEnvironment } from '../environment/up.js'
import type { Session } from '../host/session.js'
import { registerWorktree } from '../leases/worktrees.js'
import { openJournal } from '../lifecycle/journal.js'
import { orderSteps } from '../lifecycle/order.js'
import { lastWithoutEngine, rankOf } from '../lifecycle/phases.js'
import { recallPorts } from '../ports/lease.js'
import { activePlugins, type Workspace } from '../workspace/open.js'
import type { Lost } from './find-lost.js'

/**
 * Records a lost environment again. Each of its steps is recorded as interrupted, so that `up` repeats it and `destroy`
 * undoes it. Then generates its files and, if it runs, brings it up. Returns what kept it from that.
 */
export async function recordLost(
  { workspace, version, narrator }: Pick<Session, 'version' | 'narrator'> & { readonly workspace: Workspace },
  lost: Lost,
): Promise<Failure | undefined> {
  const { state, machine, project } = workspace
  const subject = subjectOf(lost.name)
  addRecord(state, lost)
  recallPorts(state, subject, lost.ports)
  registerWorktree(machine, lost.path, { project: project.id, subject })
  await recordSteps(workspace, version, lost)
  const isRunning = lost.traces.some(trace => trace.state === 'running')
  setStatus(state, lost.name, isRunning ? 'running' : 'stopped')
  const record = findRecord(state, lost.name)
  if (!record) return undefined
  const through = isRunning ? 'attach' : lastWithoutEngine
  try {
    await upEnvironment({
      workspace,
      version,
      narrator,
      record,
      verb: 'up',
      through,
      consent: { isGiven: false },
    })
    return undefined
  } catch (error) {
    if (!detailsOf(error)) throw error
    return error as Failure
  }
}

async function recordSteps(workspace: Workspace, version: string, { name, traces }: Lost): Promise<void> {
  const journal = openJournal(workspace.state, subjectOf(name))
  const steps = orderSteps([corePlugin(workspace, version), ...(await activePlugins(workspace))])
  const last = traces.length === 0 ? rankOf(lastWithoutEngine) : Infinity
  for (const [position, step] of steps.entries()) {
    if (step.phase === undefined || rankOf(step.phase) > last) continue
    journal.started(step, { id: 'rebuild', input: null, position })
    // It has run before, and runs once.
    if (step.step.id === 'core:script-setup')
      journal.done(step.step.id, { script: workspace.config.scripts.setup ?? null })
  }
}
