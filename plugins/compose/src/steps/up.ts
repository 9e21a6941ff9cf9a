import { defineStep, type StepContext } from '@piko/sdk'
import type { ComposeConfig } from '../config.js'
import { containersFact, type Model } from '../contract.js'
import { composeArgs, composeOptions, overridePath, runDocker } from '../docker.js'
import { recordAnonymous } from '../engine/anonymous.js'
import { readSpared, recordBefore } from '../engine/before.js'
import { type Container, fetchContainerIds, fetchOwnContainers } from '../engine/containers.js'
import { wantedServices } from '../engine/services.js'
import { takeDown } from '../engine/take-down.js'
import { explainUp } from '../engine/up-failure.js'
import { ownerOf } from '../labels.js'
import { requireModel } from '../model/require.js'
import { readTimeLimit } from '../readiness/time-limit.js'
import { waitUntilReady } from '../readiness/wait.js'
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
    const services = wantedServices(model, context.targets)
    await requireSources(model)
    const before = await fetchContainerIds(context, owner)
    recordBefore(context, 'container', before)
    const ended = await start(context, { model, services, seconds, isUp: before.length > 0 })
    await recordAnonymous(context, owner)
    return { project: model.project, ended: [...ended] }
  },

  async undo(context: Context) {
    const owner = ownerOf(context)
    const spared = readSpared(context, 'container')
    // An earlier run made them, and its containers may have been replaced with their anonymous volumes: nothing is safe to remove.
    if (spared.size > 0) return
    if (context.verb !== 'rollback') await recordAnonymous(context, owner)
    await takeDown(context, { owner, withVolumes: context.verb === 'rollback' })
  },

  report({ project, ended }) {
    const oneShots = ended.length === 0 ? '' : `; ended as they should: ${ended.join(', ')}`
    return `Started containers (${project})${oneShots}`
  },
})

interface Start {
  readonly model: Model
  readonly services: readonly string[]
  readonly seconds: number | undefined
  readonly isUp: boolean
}

/** Answers the services that have ended with 0. */
async function start(
  context: Context,
  { model, services, seconds, isUp }: Start,
): Promise<readonly string[]> {
  for (const words of commandsOf(context, isUp)) {
    try {
      const args = [...composeArgs(model, [overridePath(context.environment)]), ...words, ...context.targets]
      await runDocker(context, args, composeOptions(model))
    } catch (cause) {
      throw await explainUp(context, { model, cause })
    }
  }
  const all = await fetchOwnContainers(context, ownerOf(context))
  const containers = all.filter(({ service, isOneOff }) => !isOneOff && services.includes(service))
  context.publish(containersFact, containers.map(identity))
  if (seconds === undefined) return []
  return waitUntilReady(context, { ids: containers.map(({ id }) => id), seconds })
}

/** Never `-y`: it would say yes to losing a volume's data. Never `--wait`: a one-shot that ends would fail it. */
function commandsOf(context: Context, isUp: boolean): readonly (readonly string[])[] {
  if (context.verb === 'restart' && isUp) return [['restart']]
  const pull = context.flags['pull'] === true ? [['pull', '--ignore-buildable']] : []
  const orphans = context.targets.length === 0 ? ['--remove-orphans'] : []
  return [...pull, ['up', '-d', ...orphans]]
}

function identity({ service, name, id }: Container) {
  return { service, name, id }
}
