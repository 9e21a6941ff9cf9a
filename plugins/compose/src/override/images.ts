import type { Change, Model, Override } from '../contract.js'
import { type Rule, servicesPart } from './rule.js'

/** A tag that is built here is this environment's own, also for the services that only run it. */
export const images: Rule = model => {
  const tags = builtTags(model)
  const overrides: Record<string, Override> = {}
  const changes: Change[] = []
  for (const [service, { image, build, engineName }] of Object.entries(model.services)) {
    const isRenamed = build !== undefined && engineName !== `${model.project}-${service}`
    const tag = image === undefined ? (isRenamed ? engineName : undefined) : tags.get(image)
    if (tag === undefined) continue
    overrides[service] = { image: tag }
    const because = 'the branch builds its own image'
    changes.push({ service, what: 'image', from: image ?? `${model.project}-${service}`, to: tag, because })
  }
  return servicesPart(overrides, changes)
}

/** By the image of the file: the tag of this environment, named after the first service that builds it. */
export function builtTags({ services }: Model): ReadonlyMap<string, string> {
  const tags = new Map<string, string>()
  for (const { image, build, engineName } of Object.values(services)) {
    if (image !== undefined && build !== undefined && !tags.has(image)) tags.set(image, engineName)
  }
  return tags
}
