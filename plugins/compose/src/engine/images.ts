import * as z from 'zod'
import type { Model, Service } from '../contract.js'
import { type Changing, type Looking, runDocker } from '../docker.js'
import { builtTags } from '../override/images.js'
import { askEngine } from './api.js'

const listed = z.array(z.object({ Id: z.string(), RepoTags: z.array(z.string()).nullable() }))
const inspected = z.object({ Id: z.string() })

/** What images the services of these names are built to, by service. */
export function tagsOf(model: Model, services: readonly string[]): ReadonlyMap<string, string> {
  const built = builtTags(model)
  return new Map(
    services.flatMap(name => {
      const service = model.services[name]
      if (!service?.build) return []
      const tag = service.image === undefined ? service.engineName : built.get(service.image)
      return [[name, tag ?? service.engineName] as const]
    }),
  )
}

/** Images that were built for a Compose project: Compose labels them with its name. By tag, or by id without one. */
export async function fetchBuiltImages(context: Looking, project: string): Promise<readonly string[]> {
  const filters = { label: [`com.docker.compose.project=${project}`] }
  const images = (await askEngine(context, listed, { path: '/images/json', filters })) ?? []
  return images.flatMap(({ Id, RepoTags }) => {
    const tags = (RepoTags ?? []).filter(tag => tag !== '<none>:<none>')
    // A tag of another name is the user's own: `docker tag piko-app-feature-web registry/web:1`.
    return tags.length === 0 ? [Id] : tags.filter(tag => tag.startsWith(`${project}-`))
  })
}

/** Those of the tags that the engine has. */
export async function fetchTags(context: Looking, tags: readonly string[]): Promise<ReadonlySet<string>> {
  const ids = await Promise.all(tags.map(tag => fetchImageId(context, tag)))
  return new Set(tags.filter((_, index) => ids[index] !== undefined))
}

/** The id that a name or a tag stands for; undefined where the engine has no such image. */
export async function fetchImageId(context: Looking, reference: string): Promise<string | undefined> {
  return (await askEngine(context, inspected, { path: `/images/${reference}/json` }))?.Id
}

/** Beyond that, trying would take longer than doing without. */
const mostImages = 6

/**
 * The ids of images to run a tool of theirs in; none is pulled. Those that are named first, those of the services, then any
 * that the engine has.
 */
export async function fetchWorkImages(
  context: Looking,
  services: readonly Pick<Service, 'image' | 'engineName'>[],
  first: readonly string[] = [],
): Promise<readonly string[]> {
  const references = new Set(services.map(({ image, engineName }) => image ?? engineName))
  const own = await Promise.all([...references].map(reference => fetchImageId(context, reference)))
  const all = (await askEngine(context, listed, { path: '/images/json' })) ?? []
  const ids = new Set(all.map(({ Id }) => Id))
  const wanted = [...first, ...own].filter(id => id !== undefined && ids.has(id))
  return [...new Set([...wanted, ...ids])].filter(id => id !== undefined).slice(0, mostImages)
}

export async function removeImages(context: Changing, references: readonly string[]): Promise<void> {
  if (references.length > 0) await runDocker(context, ['image', 'rm', ...references])
}
