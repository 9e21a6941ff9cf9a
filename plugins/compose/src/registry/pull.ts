import type { Model } from '../contract.js'
import { type Changing, composeOptions, projectArgs, runDocker } from '../docker.js'
import { unlessUnreachable } from '../engine/reach.js'
import { builtTags } from '../override/images.js'
import { explainCompose } from './explain.js'
import type { SiteContext } from '../site.js'

type Context = Changing & Pick<SiteContext, 'environment'>

export interface Pulled {
  readonly service: string
  readonly image: string
}

/** The services whose image comes from a registry and is not built here, not even for another service. */
export function pullable(model: Model, services: readonly string[]): readonly Pulled[] {
  const built = builtTags(model)
  return services.flatMap(service => {
    const { image, build } = model.services[service] ?? {}
    return image === undefined || build !== undefined || built.has(image) ? [] : [{ service, image }]
  })
}

/** Pulls these services' images. The engine's output goes to `onLine`. */
export async function pullImages(
  context: Context,
  options: {
    readonly model: Model
    readonly images: readonly Pulled[]
    readonly verb: 'pull' | 'up'
    /** `missing` skips an image with `pull_policy: never`. */
    readonly policy?: 'always' | 'missing'
    onLine?(line: string): void
  },
): Promise<void> {
  const { model, images, verb, policy = 'always', onLine } = options
  if (images.length === 0) return
  const args = [
    ...projectArgs(model, context.environment),
    'pull',
    '--policy',
    policy,
    ...images.map(({ service }) => service),
  ]
  try {
    await runDocker(context, args, { ...composeOptions(model), ...(onLine ? { onLine } : {}) })
  } catch (cause) {
    const attempt = { verb, environment: context.environment.name, cause }
    throw explainCompose(model, attempt) ?? (await unlessUnreachable(context, cause))
  }
}
