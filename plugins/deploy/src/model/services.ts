import { isDeepStrictEqual } from 'node:util'
import { deployErrors } from '../errors/deploys.js'
import { stageErrors } from '../errors/stages.js'
import { parseReference } from '../registry/reference.js'
import type { Stage } from '../store/stages.js'
import type { Definition, Files } from './files.js'

/** A service that a stage runs. */
export interface StageService {
  readonly name: string
  readonly definition: Definition
  /** It runs the stage's image, as the stage's own service does. */
  readonly isReleased: boolean
}

/** The services of a stage: all of the Compose files, or those selected. */
export function servicesOf(files: Files, stage: Stage): readonly StageService[] {
  const known = Object.keys(files.services)
  if (known.length === 0) return [{ name: stage.service, definition: {}, isReleased: true }]
  const names = stage.services === null ? known : [...new Set([stage.service, ...stage.services])]
  return names.map(name => {
    const definition = files.services[name]
    if (!definition) throw stageErrors.DEPLOY_STAGE_SERVICE_UNKNOWN({ service: name, known })
    return { name, definition, isReleased: isReleased(files, { stage, name, definition }) }
  })
}

/** A worker that is built from the same folder, or whose image is from the same repository, is released with it. */
function isReleased(
  files: Files,
  {
    stage,
    name,
    definition,
  }: { readonly stage: Stage; readonly name: string; readonly definition: Definition },
): boolean {
  if (name === stage.service) return true
  const own = files.services[stage.service]?.['build']
  const { image, build } = definition
  if (typeof image === 'string' && parseReference(image).image === stage.image) return true
  return build !== undefined && build !== null && isDeepStrictEqual(build, own)
}

/** By service, the image to run as a tag: that of the release, or the one in the Compose file. */
export function wantedImages(
  services: readonly StageService[],
  {
    stage,
    tag,
    given,
  }: { readonly stage: Stage; readonly tag: string; readonly given: Readonly<Record<string, string>> },
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    services.map(({ name, definition, isReleased }) => {
      const image = isReleased ? `${stage.image}:${tag}` : (given[name] ?? imageIn(definition))
      if (image === undefined) throw deployErrors.DEPLOY_IMAGE_MISSING({ service: name, stage: stage.name })
      return [name, image]
    }),
  )
}

/** A service that is built runs an image of a registry only if it was promoted. */
function imageIn({ image, build }: Definition): string | undefined {
  return typeof image === 'string' && (build === undefined || build === null) ? image : undefined
}
