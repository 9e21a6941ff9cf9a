import type { ComposeConfig } from '../config.js'
import { containersFact, type Model, startedFact, waitsFact } from '../contract.js'
import { forgetGoneAnonymous, recordAnonymous } from '../engine/anonymous.js'
import { readSpared, recordBefore } from '../engine/before.js'
import { type Container, fetchOwnContainers } from '../engine/containers.js'
import { parseAddress } from '../engine/address.js'
import { servicesHere, wantedServices } from '../engine/services.js'
import { fetchTags } from '../engine/images.js'
import { restartContainers, startContainers } from '../engine/start.js'
import { stopContainers, takeDown } from '../engine/take-down.js'
import { ownerOf } from '../labels.js'
import { requireModel } from '../model/require.js'
import { readReadyAfter } from '../readiness/ready-after.js'
import { readTimeLimit } from '../readiness/time-limit.js'
import { untilReady } from '../readiness/until-ready.js'
import { modelHere } from '../override/here.js'
import { pullable, pullImages } from '../registry/pull.js'
import { removeSurplus } from '../scale/surplus.js'
import { readRendered } from '../sync/pending.js'
import { requireSources } from '../validation/sources.js'
import { defineSiteStep, type SiteContext } from '../site.js'

type Context = SiteContext<ComposeConfig>

// An alias: an interface is not assignable to `Json`.
type Receipt = {
  readonly project: string
  /** One-shot services that completed. */
  readonly ended: readonly string[]
  /** The same containers ran before. */
  readonly isUnchanged?: boolean
}

/** Starts the containers and waits until they are ready. Runs every time, since Compose itself detects changes. */
export const up = defineSiteStep({
  id: 'compose:up',
  title: 'Starting containers',
  undoTitle: 'Stopping containers',
  phase: 'start',
  after: ['compose:network'],
  timeLimit: 3600,

  async do(context: Context): Promise<Receipt> {
    const model = requireModel(context)
    const owner = ownerOf(context)
    const [seconds, readyAfter] = [readTimeLimit(context.flags), readReadyAfter(context.config)]
    context.publish(waitsFact, seconds !== undefined)
    const services = servicesHere(context, wantedServices(model, context.targets))
    await requireSources(modelHere(context, model))
    const before = await fetchOwnContainers(context, owner)
    const ids = before.map(({ id }) => id)
    recordBefore(context, 'container', ids)
    recordAnonymous(context, before)
    await pullFirst(context, { model, services })
    await removeSurplus(context, { model, containers: before })
    let after = before
    const ended = await untilReady(context, {
      model,
      services: awaitedServices(context, services),
      before,
      seconds,
      readyAfter,
      run: async signal => {
        const starting = { model, before, signal }
        if (context.verb === 'restart' && ids.length > 0) await restartContainers(context, starting)
        else await startContainers(context, { ...starting, targets: context.targets })
        after = await fetchOwnContainers(context, owner)
        recordAnonymous(context, after)
        publishContainers(context, { containers: after, services })
      },
    })
    publishStarted(context, services)
    const isUnchanged = context.verb === 'up' && sameRunning(before, after)
    return { project: model.project, ended: [...ended], isUnchanged }
  },

  async undo(context: Context) {
    const owner = ownerOf(context)
    const spared = readSpared(context, 'container')
    // An earlier run created them, and its containers may have been replaced along with their anonymous volumes, so nothing is safe to remove.
    if (spared.size > 0) return
    const containers = await fetchOwnContainers(context, owner)
    if (context.verb !== 'rollback') recordAnonymous(context, containers)
    await takeDown(context, { owner, containers, withVolumes: context.verb === 'rollback' })
    if (context.verb === 'rollback') await forgetGoneAnonymous(context)
  },

  halt: (context: Context) => stopContainers(context, ownerOf(context)),

  report({ project, ended, isUnchanged }) {
    if (isUnchanged === true) return `Containers are already running (${project})`
    const oneShots = ended.length === 0 ? '' : `; completed: ${ended.join(', ')}`
    return `Started containers (${project})${oneShots}`
  },
})

/** Whether the same containers ran before. One-shot services never do. */
function sameRunning(before: readonly Container[], after: readonly Container[]): boolean {
  const running = new Set(before.filter(({ status }) => status === 'running').map(({ id }) => id))
  return after.length > 0 && after.length === before.length && after.every(({ id }) => running.has(id))
}

/** Stored for comparison by `piko sync`. */
function publishStarted(context: Context, services: readonly string[]): void {
  const rendered = Object.entries(readRendered(context)).filter(([name]) => services.includes(name))
  context.publish(startedFact, { ...context.fact(startedFact), ...Object.fromEntries(rendered) })
}

function publishContainers(
  context: Context,
  {
    containers,
    services,
  }: { readonly containers: readonly Container[]; readonly services: readonly string[] },
): void {
  const own = containers.filter(({ service, isOneOff }) => !isOneOff && services.includes(service))
  context.publish(containersFact, own.map(identity))
}

/** A restart of named services does not restart their dependencies. */
function awaitedServices(context: Context, services: readonly string[]): readonly string[] {
  if (context.verb !== 'restart' || context.targets.length === 0) return services
  return context.targets.map(word => parseAddress(word).service)
}

/** Runs before the time limit starts, so that a slow registry does not make the start late. */
async function pullFirst(
  context: Context,
  { model, services }: { readonly model: Model; readonly services: readonly string[] },
): Promise<void> {
  const images = pullable(model, services)
  if (context.flags['pull'] === true) return pullImages(context, { model, images, verb: 'up' })
  const existing = await fetchTags(
    context,
    images.map(({ image }) => image),
  )
  const missing = images.filter(({ image }) => !existing.has(image))
  await pullImages(context, { model, images: missing, verb: 'up', policy: 'missing' })
}

function identity({ service, name, id }: Container) {
  return { service, name, id }
}
