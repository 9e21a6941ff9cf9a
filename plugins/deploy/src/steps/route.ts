import { routeRun, type RouteTarget } from '@piko/plugin-caddy/contract'
import { defineRunStep } from '@piko/sdk'
import type { DeployInput } from '../contract.js'
import { type Instance, instances } from '../store/instances.js'
import { recorded } from './record.js'
import { type Context, currentInstances, findRestored, type Situation, situationOf } from './situation.js'

/** Routes the stage's host name to the new release. Connections to the old one stay open. */
export const route = recorded(
  defineRunStep<unknown, DeployInput, null>({
    id: 'deploy:route',
    title: 'Routing to the new release',
    undoTitle: 'Routing to the release before',

    async do(context) {
      const situation = situationOf(context)
      const next = requireNext(context, situation)
      if (isRouted(situation)) await routeTo(context, situation, [mainTarget(situation, next)])
      return null
    },

    async undo(context) {
      await routeToCurrent(context, situationOf(context))
    },
  }),
)

export function isRouted({ stage, place }: Situation): boolean {
  return stage.port !== null && place.host !== null
}

/** The instance of the stage's own service in this release. */
export function requireNext(context: Context, { deploy, stage }: Situation): Instance {
  const restored = findRestored(context, deploy)
  const own = restored ?? instances.of(context, stage.id).filter(one => one.deploy === deploy.id)
  const next = own.find(({ service }) => service === stage.service)
  if (next) return next
  throw new Error(`the release has no ${stage.service}`)
}

export function mainTarget({ stage, place }: Situation, { container }: Instance): RouteTarget {
  return { service: stage.service, host: place.host ?? '', container, port: stage.port ?? 0 }
}

export function findCurrentTarget(context: Context, situation: Situation): RouteTarget | undefined {
  const { stage } = situation
  const current = currentInstances(context, stage).find(({ service }) => service === stage.service)
  return current && mainTarget(situation, current)
}

export async function routeToCurrent(context: Context, situation: Situation): Promise<void> {
  if (!isRouted(situation)) return
  const current = findCurrentTarget(context, situation)
  if (current) await routeTo(context, situation, [current])
  else await context.takeBack({ run: routeRun, key: keyOf(situation) })
}

export async function routeTo(
  context: Context,
  situation: Situation,
  targets: readonly RouteTarget[],
): Promise<void> {
  const { place, owner } = situation
  await context.ensure(routeRun, {
    key: keyOf(situation),
    input: {
      engine: place.engine,
      project: owner.project,
      root: owner.root,
      name: owner.stage,
      host: place.host ?? '',
      targets,
      networks: [place.network],
    },
  })
}

/** Project names are unique on a machine. */
function keyOf({ owner }: Situation): string {
  return routeKey(owner)
}

export function routeKey({ project, stage }: { readonly project: string; readonly stage: string }): string {
  return `${project}.${stage}`
}
