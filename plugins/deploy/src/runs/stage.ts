import { routeRun } from '@piko/plugin-caddy/contract'
import {
  type Changing,
  fetchLabelled,
  fetchNetworks,
  fetchSubnets,
  onEngine,
  readEngine,
  removeNetworks,
  runDocker,
} from '@piko/plugin-compose/contract/engine'
import { isDeepStrictEqual } from 'node:util'
import { defineRun, defineRunStep, type RunStepContext } from '@piko/sdk'
import { type Place, placeFact, type StageInput, stageRun } from '../contract.js'
import { deployErrors } from '../errors/deploys.js'
import { stageErrors } from '../errors/stages.js'
import { labelsOf, type Owner, ownedBy, ownerOf } from '../model/labels.js'
import { fetchVolumes } from '../model/owned.js'
import { routeKey } from '../steps/route.js'

type Context = RunStepContext<unknown, StageInput>

const reserve = defineRunStep<unknown, StageInput, Place>({
  id: 'deploy:reserve',
  title: 'Reserving names and a network',
  undoTitle: 'Removing the stage',
  holdsData: true,
  dataIn: place => [`the containers and volumes of ${place.project}`],

  async do(context, before) {
    const owner = ownerIn(context)
    await requireProxyEngine(context, before?.engine ?? context.input.engine)
    const project = context.claimName('compose-project', `piko-${owner.project}-${owner.stage}`)
    const network = context.claimName('network', project)
    const place = {
      engine: before?.engine ?? context.input.engine,
      project,
      network,
      host: claimHost(context),
    }
    await createNetwork(context, place)
    context.publish(placeFact, place)
    return place
  },

  async undo(context, receipt) {
    const owner = ownerIn(context)
    await context.takeBack({ run: routeRun, key: routeKey(owner) })
    const here: Changing = onEngine(context, receipt?.engine ?? context.input.engine)
    const containers = await fetchLabelled(here, ownedBy(owner))
    if (containers.length > 0) await runDocker(here, ['rm', '-f', '-v', ...containers])
    if (receipt) await removeNetworks(here, [receipt.network])
    const volumes = await fetchVolumes(here, owner)
    if (volumes.length > 0) await runDocker(here, ['volume', 'rm', ...volumes])
  },
})

/** What a stage has besides its releases. It lasts until the stage is removed. */
export const stage = defineRun<unknown, StageInput>({
  ref: stageRun,
  title: 'Preparing the stage',
  steps: [reserve],
})

function ownerIn({ project, subject }: Pick<Context, 'project' | 'subject'>): Owner {
  return ownerOf(project, subject.kind === 'stage' ? subject.name : '')
}

/** The wanted host name, or `staging.localhost` and, if that is taken, `staging.shop.localhost`. */
function claimHost(context: Context): string | null {
  const { host, hasRoute } = context.input
  if (!hasRoute) return null
  const { stage, project } = ownerIn(context)
  const candidates = host === null ? [`${stage}.localhost`, `${stage}.${project}.localhost`] : [host]
  const free = candidates.find(name => context.claimName('host', name) === name)
  if (free !== undefined) return free
  throw stageErrors.DEPLOY_STAGE_HOST_TAKEN({ host: host ?? `${stage}.localhost` })
}

/** The proxy of this machine reads its routes from files, which another engine would not see. */
async function requireProxyEngine({ input, subject }: Context, engine: Place['engine']): Promise<void> {
  if (!input.hasRoute || isDeepStrictEqual(engine, await readEngine())) return
  throw deployErrors.DEPLOY_PROXY_OTHER({ stage: subject.kind === 'stage' ? subject.name : '' })
}

async function createNetwork(context: Context, { engine, network }: Place): Promise<void> {
  const here: Changing = onEngine(context, engine)
  if ((await fetchNetworks(here, [network])).length > 0) return
  const subnet = await context.leaseSubnet(network, await fetchSubnets(here))
  const labels = Object.entries(labelsOf(ownerIn(context))).flatMap(([key, value]) => [
    '--label',
    `${key}=${value}`,
  ])
  await runDocker(here, ['network', 'create', '--subnet', subnet, ...labels, network])
}
