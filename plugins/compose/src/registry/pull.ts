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

/** Those of the services whose image comes from a registry: not what is built here, also not for another service. */
export function pullable(model: Model, services: readonly string[]): readonly Pulled[] {
  const built = builtTags(model)
  return services.flatMap(service => {
    const { image, build } = model.services[service] ?? {}
    return image === undefined || build !== undefined || built.has(image) ? [] : [{ service, image }]
  })
}

/** Pulls the images of these services; the engine's lines go to `onLine`. */
export async function pullImages(
  context: Context,
  asked: {
    readonly model: Model
    readonly images: readonly Pulled[]
    readonly verb: 'pull' | 'up'
    /** `missing` leaves one alone whose \`pull_policy\` is \`never\`. */
    readonly policy?: 'always' | 'missing'
    onLine?(line: string): void
  },
): Promise<void> {
  const { model, images, verb, policy = 'always', onLine } = asked
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
