import { detailsOf, type RunStep, type Json } from '@piko/sdk'
import type { DeployInput } from '../contract.js'
import { deploys, type DeployStatus, isFinal } from '../store/deploys.js'
import { logs, type LogLevel } from '../store/logs.js'
import type { Context } from './situation.js'

/** Shows a line and keeps it in the deploy's log. */
export function note(context: Context, message: string, level: LogLevel = 'info'): void {
  logs.create(context, { deploy: context.input.deploy, level, message })
  context.progress(message)
}

export function enter(context: Context, status: DeployStatus): void {
  deploys.update(context, context.input.deploy, { status })
}

/** Ends the record of a deploy, if it has not ended yet. */
export function end(context: Context, status: 'success' | 'failed' | 'rolled_back'): void {
  const { deploy } = context.input
  if (isFinal(deploys.require(context, deploy))) return
  deploys.update(context, deploy, { status, finishedAt: new Date().toISOString() })
}

/** Whether there is nothing to undo: the release serves, and only the journal does not know it yet. */
function hasSucceeded(context: Context): boolean {
  return deploys.require(context, context.input.deploy).status === 'success'
}

/** A step of a deploy whose failure is kept in the record. */
export function recorded<Receipt extends Json>(
  step: RunStep<unknown, DeployInput, Receipt>,
): RunStep<unknown, DeployInput, Receipt> {
  return {
    ...step,
    async do(context, before) {
      try {
        note(context, step.title)
        return await step.do(context, before)
      } catch (error) {
        recordFailure(context, step.title, error)
        throw error
      }
    },
    async undo(context, receipt) {
      if (!hasSucceeded(context)) await step.undo(context, receipt)
    },
  }
}

function recordFailure(context: Context, step: string, error: unknown): void {
  const message = error instanceof Error ? error.message : String(error)
  const { output } = deploys.require(context, context.input.deploy)
  const lines = output.length > 0 ? output : (detailsOf(error)?.details ?? [])
  deploys.update(context, context.input.deploy, { step, error: message, output: lines })
  logs.create(context, { deploy: context.input.deploy, level: 'error', message })
}
