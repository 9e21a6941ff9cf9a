import { type Change, type Model, type Override, reset } from '../contract.js'
import { type Rule, servicesPart } from './rule.js'

/** Every tag that is built becomes this environment's own, also in services that only run it. */
export const images: Rule = {
  changes:
    'An image that is both built and tagged (`image:` beside `build:`, `build.tags`) gets the tag `piko-PROJECT-NAME-SERVICE`, also where another service runs it or its Dockerfile says `FROM` it',
  because: 'each branch builds its own image',
  see: '`docker image ls "piko-PROJECT-NAME-*"`',
  apply(model, { removed }) {
    const tags = builtTags(model)
    const overrides: Record<string, Override> = {}
    const changes: Change[] = []
    const because = 'the branch builds its own image'
    for (const [service, { image, build, engineName }] of Object.entries(model.services)) {
      const isRenamed = build !== undefined && engineName !== `${model.project}-${service}`
      const tag = image === undefined ? (isRenamed ? tagOf(engineName) : undefined) : tags.get(image)
      const own = build?.tags ?? []
      const bases = (build?.bases ?? [])
        .flatMap(base => basedOn(model, { service, base }))
        .filter(([, builder]) => !removed.has(builder.replace('service:', '')))
      if (tag !== undefined)
        changes.push({
          service,
          what: 'image',
          from: image ?? `${model.project}-${service}`,
          to: tag,
          because,
        })
      for (const from of own)
        changes.push({ service, what: 'build tag', from, to: tagOf(engineName), because })
      for (const [from, to] of bases) changes.push({ service, what: 'base image', from, to, because })
      const building: Override = {
        ...(own.length > 0 ? { tags: reset() } : {}),
        ...(bases.length > 0 ? { additional_contexts: Object.fromEntries(bases) } : {}),
      }
      if (tag === undefined && Object.keys(building).length === 0) continue
      overrides[service] = {
        ...(tag === undefined ? {} : { image: tag }),
        ...(Object.keys(building).length === 0 ? {} : { build: building }),
      }
    }
    return servicesPart(overrides, changes)
  },
}

/** This environment's tag for each built image in the files, named after the first service that builds it. */
export function builtTags({ services }: Model): ReadonlyMap<string, string> {
  const tags = new Map<string, string>()
  for (const { image, build, engineName } of Object.values(services)) {
    if (build === undefined) continue
    for (const name of [...(image === undefined ? [] : [image]), ...build.tags]) {
      if (!tags.has(name)) tags.set(name, tagOf(engineName))
    }
  }
  return tags
}

/**
 * The service that builds the image a Dockerfile names in `FROM`, if another one of the project does. A service behind
 * a profile is built manually, so its last build is meant.
 */
function basedOn(
  { services }: Model,
  { service, base }: { readonly service: string; readonly base: string },
): readonly (readonly [string, string])[] {
  const names = new Set([base, base.replace(/:latest$/, ''), `${base}:latest`])
  const builder = Object.entries(services).find(
    ([name, { image, build, profiles }]) =>
      name !== service &&
      profiles.length === 0 &&
      build &&
      [image, ...build.tags].some(tag => tag !== undefined && names.has(tag)),
  )
  return builder ? [[base, `service:${builder[0]}`]] : []
}

/** An image's name has lowercase letters and no adjacent separators. */
function tagOf(engineName: string): string {
  return engineName.toLowerCase().replaceAll(/[._-]{2,}/g, '-')
}
