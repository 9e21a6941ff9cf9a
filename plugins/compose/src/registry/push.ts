import type { Model } from '../contract.js'
import { type Changing, runDocker } from '../docker.js'
import { fetchImageId, tagsOf } from '../engine/images.js'
import { unlessUnreachable } from '../engine/reach.js'
import { registryErrors } from '../errors/registry.js'
import { explainImage } from './explain.js'
import type { SiteContext } from '../site.js'

type Context = Changing & Pick<SiteContext, 'environment'>

export interface Pushed {
  readonly service: string
  /** The image's name in the Compose file. */
  readonly image: string
  /** This environment's tag. */
  readonly tag: string
}

/** The services that are built here and have a name to be pushed under. */
export function pushable(model: Model, services: readonly string[]): readonly Pushed[] {
  return [...tagsOf(model, services)].flatMap(([service, tag]) => {
    const image = model.services[service]?.image
    return image === undefined ? [] : [{ service, image, tag }]
  })
}

/** The services that cannot be pushed, with the keys that each lacks in the Compose file. */
export function lackingKeys({ services }: Model, names: readonly string[]) {
  return names.flatMap(service => {
    const { build, image } = services[service] ?? {}
    const keys = [...(build ? [] : ['build']), ...(image === undefined ? ['image'] : [])]
    return keys.length === 0 ? [] : [{ service, keys }]
  })
}

/**
 * Pushes this environment's build under the name in the Compose file, as Compose would. That name is shared by the
 * whole machine, so it is restored to its previous image afterwards.
 */
export async function pushImage(
  context: Context,
  { service, image, tag }: Pushed,
  onLine: (line: string) => void,
): Promise<void> {
  const environment = context.environment.name
  if ((await fetchImageId(context, tag)) === undefined)
    throw registryErrors.COMPOSE_IMAGE_MISSING({ environment, service, tag })
  const before = await fetchImageId(context, image)
  await runDocker(context, ['image', 'tag', tag, image])
  try {
    await runDocker(context, ['image', 'push', image], { onLine })
  } catch (cause) {
    const attempt = { verb: 'push' as const, environment, service, cause }
    throw explainImage(image, attempt) ?? (await unlessUnreachable(context, cause))
  } finally {
    const back = before === undefined ? ['image', 'rm', '--no-prune', image] : ['image', 'tag', before, image]
    await runDocker(context, back, { allowFailure: true })
  }
}
