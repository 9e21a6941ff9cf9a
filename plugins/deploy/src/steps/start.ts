import { defineRunStep, detailsOf } from '@piko/sdk'
import type { DeployInput } from '../contract.js'
import { deployErrors } from '../errors/deploys.js'
import { composeModel, type Planned } from '../model/release.js'
import { instances } from '../store/instances.js'
import { type Plan, readPlan } from './plan.js'
import { awaitReady } from './ready.js'
import { enter, note, recorded } from './record.js'
import { runReleaseCommand } from './release-command.js'
import { restore, stopTurns, undoStart } from './turns.js'
import { type Context, findRestored, type Situation, situationOf } from './situation.js'

type Receipt = { readonly started: readonly string[] }

/** Starts the new release beside the old one; a service with volumes in its place. */
export const start = recorded(
  defineRunStep<unknown, DeployInput, Receipt>({
    id: 'deploy:start',
    title: 'Starting the new release',
    undoTitle: 'Removing the new release',
    timeLimit: 3600,

    async do(context) {
      const situation = situationOf(context)
      enter(context, 'starting')
      const restored = findRestored(context, situation.deploy)
      if (restored) return { started: await restore(context, situation, restored) }
      const plan = await readPlan(context, situation)
      await startBatch(context, situation, { plan, batch: plan.data })
      await runReleaseCommand(context, situation, plan)
      await startBatch(context, situation, { plan, batch: plan.rest })
      return { started: [...plan.data, ...plan.rest].map(({ container }) => container) }
    },

    undo: context => undoStart(context, situationOf(context)),

    report: ({ started }) => `Started ${started.join(', ')}`,
  }),
)

/** The rows come first, so that what was begun is found even if this process is killed. */
async function startBatch(
  context: Context,
  situation: Situation,
  { plan, batch }: { readonly plan: Plan; readonly batch: readonly Planned[] },
): Promise<void> {
  if (batch.length === 0) return
  const { stage, deploy, target } = situation
  for (const { service, container, image, digest, takesTurns } of batch)
    instances.create(context, {
      stage: stage.id,
      deploy: deploy.id,
      service,
      container,
      image,
      digest,
      takesTurns,
      status: 'running',
      isCurrent: false,
    })
  const gap = await stopTurns(context, situation, batch)
  try {
    await target.start(composeModel(batch, { ...situation, files: plan.files }))
  } catch (cause) {
    throw await notStarted(context, situation, { cause, batch })
  }
  await awaitReady(context, situation, batch)
  if (gap) note(context, `${gap.services.join(', ')} was down for ${gap.seconds()} s`)
}

/** Compose waits for services that others depend on, and names the one that failed; its own lines say more. */
async function notStarted(
  context: Context,
  situation: Situation,
  { cause, batch }: { readonly cause: unknown; readonly batch: readonly Planned[] },
) {
  context.signal.throwIfAborted()
  const { stage, redact, target } = situation
  const printed = await Promise.all(batch.map(({ container }) => target.lastLines(container)))
  const lines = [...(detailsOf(cause)?.details ?? []), ...printed.flat()].map(redact)
  return deployErrors.DEPLOY_NOT_STARTED({ stage: stage.name, lines, cause })
}
