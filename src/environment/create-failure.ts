import { detailsOf } from '@piko/sdk'
import { addAftermath } from '../lifecycle/aftermath.js'
import { phaseRow } from '../lifecycle/phases.js'
import type { Run } from '../lifecycle/run.js'
import type { Fate } from '../lifecycle/wind.js'
import { forgetEnvironment } from './destroy.js'
import { keepFailureLog } from './failure-log.js'
import { isLiveHint } from './hints.js'
import type { CreateRequest } from './prepare-create.js'
import { setStatus } from './record.js'
import type { ScopedRun } from '../runs/begin-run.js'

/** A running create. */
export interface Attempt {
  readonly request: CreateRequest
  readonly name: string
  readonly run: ScopedRun
  /** An earlier run created its worktree. */
  readonly isResumed: boolean
}

export function hasWorktree({ journal }: Run): boolean {
  return journal.find('core:checkout')?.receipt !== undefined
}

/**
 * A failed create keeps what it made and stops its containers. It is rolled back on request, before there is a
 * worktree, after a usage error, and on Ctrl-C. A resumed create is rolled back only on request.
 */
export async function fateOf(error: unknown, { request, name, run, isResumed }: Attempt): Promise<Fate> {
  const isInterrupted = run.interrupt.first.aborted
  if (!isInterrupted) await keepFailureLog(error, run.scope, name)
  if (isResumed && !request.rollback) return 'halt'
  const isUnwanted = isInterrupted || request.rollback || detailsOf(error)?.kind === 'usage'
  return isUnwanted || !hasWorktree(run) ? 'roll back' : 'halt'
}

/** Forgets the environment if nothing is left of it. Otherwise marks it as failed, to be resumed or destroyed. */
export async function recordFailure(error: unknown, { request, name, run }: Attempt): Promise<void> {
  const { workspace, command } = request
  const rows = run.journal.rows()
  const isGone = rows.length === 0
  if (isGone) await forgetEnvironment(workspace, { name })
  else setStatus(workspace.state, name, 'failed')
  const isLive = (hint: string) => isLiveHint(hint, { name, isGone, command })
  const hasStarted = rows.some(row => phaseRow(row.phase)?.down)
  const wasCutShort = run.interrupt.second.aborted // the undo itself was interrupted, so containers may run
  const containers = wasCutShort ? '; some of its containers may still run' : '; its containers are stopped'
  if (isGone) return addAftermath(error, { isLive, details: [`Nothing is left of ${name}`] })
  addAftermath(error, {
    isLive,
    details: [`${name} is kept as failed${hasStarted ? containers : ''}`],
    hints: [
      `To remove it, run \`piko destroy ${name}\``,
      run.interrupt.first.aborted
        ? `To resume it, run \`${command}\``
        : `To resume it once the problem is fixed, run \`${command}\``,
    ],
  })
}
