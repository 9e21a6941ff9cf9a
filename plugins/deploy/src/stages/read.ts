import type { Context, Host } from '@piko/sdk'
import { storeDeclared } from './declared.js'
import { requireStage, type Stage, stages } from '../store/stages.js'

/** A stage with a context that reads it. */
export interface ReadStage {
  readonly context: Context<unknown>
  readonly stage: Stage
}

export async function readStage(host: Host, name: string): Promise<ReadStage> {
  await storeDeclared(host)
  const context = await host.openProject('deploy')
  return { context, stage: requireStage(context, name) }
}

export async function readStages(host: Host) {
  await storeDeclared(host)
  const context = await host.openProject('deploy')
  return { context, all: stages.all(context) }
}
