import { defineStep, type StepContext } from '@piko/sdk'
import type { ComposeConfig } from '../config.js'
import { containersFact, startedFact } from '../contract.js'
import { forgetGoneAnonymous, recordAnonymous } from '../engine/anonymous.js'
import { readSpared, recordBefore } from '../engine/before.js'
import {
  type Container,
  fetchContainers,
  fetchContainerIds,
  fetchOwnContainers,
} from '../engine/containers.js'
import { servicesHere, wantedServices } from '../engine/services.js'
import { restartContainers, startContainers } from '../engine/start.js'
import { takeDown } from '../engine/take-down.js'
import { ownerOf } from '../labels.js'
import { requireModel } from '../model/require.js'
import { readTimeLimit } from '../readiness/time-limit.js'
import { waitUntilReady } from '../readiness/wait.js'
import { modelHere } from '../override/here.js'
import { pullable, pullImages } from '../registry/pull.js'
import { removeSurplus } from '../scale/surplus.js'
import { readRendered } from '../sync/pending.js'
import { requireSources } from '../validation/sources.js'

type Context = StepContext<ComposeConfig>

/** Starts the containers and waits until they are ready. Runs every time: Compose itself knows what has changed. */
export const up = defineStep({
  id: 'compose:up',
  title: 'Starting containers',
  phase: 'start',
  after: ['compose:network'],
  timeLimit: 3600,

  async do(context: Context) {
    const model = requireModel(context)
    const owner = ownerOf(context)
    const seconds = readTimeLimit(context.flags)
    const services = servicesHere(context, wantedServices(model, context.targets))
    await requireSources(modelHere(context, model))
    const ids = await fetchContainerIds(context, owner)
    recordBefore(context, 'container', ids)
    if (context.flags['pull'] === true)
      await pullImages(context, { model, images: pullable(model, services), verb: 'up' })
    const before = await fetchContainers(context, ids)
    await recordAnonymous(context, owner)
    await removeSurplus(context, { model, containers: before })
    if (context.verb === 'restart' && ids.length > 0) await restartContainers(context, { model, before })
    else await startContainers(context, { model, targets: context.targets })
    const ended = await awaitReady(context, { services, seconds })
    await recordAnonymous(context, owner)
    publishStarted(context, services)
    return { project: model.project, ended: [...ended] }
  },

  async undo(context: Context) {
    const owner = ownerOf(context)
    const spared = readSpared(context, 'container')
    // An earlier run made them, and its containers may have been replaced with their anonymous volumes: nothing is safe to remove.
    if (spared.size > 0) return
    if (context.verb !== 'rollback') await recordAnonymous(context, owner)
    await takeDown(context, { owner, withVolumes: context.verb === 'rollback' })
    if (context.verb === 'rollback') await forgetGoneAnonymous(context)
  },

  report({ project, ended }) {
    const oneShots = ended.length === 0 ? '' : `; ended as they should: ${ended.join(', ')}`
    return `Started containers (${project})${oneShots}`
  },
})

/** For `piko sync`, which compares with it. */
function publishStarted(context: Context, services: readonly string[]): void {
  const rendered = Object.entries(readRendered(context)).filter(([name]) => services.includes(name))
  context.publish(startedFact, { ...context.fact(startedFact), ...Object.fromEntries(rendered) })
}

interface Awaited {
  readonly services: readonly string[]
  readonly seconds: number | undefined
}

/** Answers the services that have ended with 0. */
async function awaitReady(context: Context, { services, seconds }: Awaited): Promise<readonly string[]> {
  const all = await fetchOwnContainers(context, ownerOf(context))
  const containers = all.filter(({ service, isOneOff }) => !isOneOff && services.includes(service))
  context.publish(containersFact, containers.map(identity))
  if (seconds === undefined) return []
  return waitUntilReady(context, { ids: containers.map(({ id }) => id), seconds })
}

function identity({ service, name, id }: Container) {
  return { service, name, id }
}
