import * as z from 'zod'
import type { Model, Service } from '../contract.js'
import { type Changing, type Looking, runDocker } from '../docker.js'
import { builtTags } from '../override/images.js'
import { askEngine } from './api.js'

const listed = z.array(
  z.object({
    Id: z.string(),
    RepoTags: z.array(z.string()).nullable(),
    Labels: z.record(z.string(), z.string()).nullish(),
  }),
)
const inspected = z.object({ Id: z.string() })

/** The image that each of these services is built to. */
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

/** Images built for a Compose project, which Compose labels with its name. By tag, or by id if untagged. */
export async function fetchBuiltImages(context: Looking, project: string): Promise<readonly string[]> {
  const filters = { label: [`com.docker.compose.project=${project}`] }
  const images = (await askEngine(context, listed, { path: '/images/json', filters })) ?? []
  return images.flatMap(({ Id, RepoTags }) => {
    const tags = (RepoTags ?? []).filter(tag => tag !== '<none>:<none>')
    // Any other tag was added by the user: `docker tag piko-app-feature-web registry/web:1`.
    return tags.length === 0 ? [Id] : tags.filter(tag => tag.startsWith(`${project}-`))
  })
}

/** The tags that exist on the engine. */
export async function fetchTags(context: Looking, tags: readonly string[]): Promise<ReadonlySet<string>> {
  const unique = [...new Set(tags)]
  const ids = await Promise.all(unique.map(tag => fetchImageId(context, tag)))
  return new Set(unique.filter((_, index) => ids[index] !== undefined))
}

/** The id of an image by name or tag; undefined if the engine does not have it. */
export async function fetchImageId(context: Looking, reference: string): Promise<string | undefined> {
  return (await askEngine(context, inspected, { path: `/images/${reference}/json` }))?.Id
}

/** More attempts would cost more time than they save. */
const mostImages = 6

/**
 * Ids of images whose tools piko can run. Pulls none: first the given ones, the services', then any other. Those built for
 * other environments are left out, since a container of piko's would keep them from being removed.
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
  const others = all.filter(({ Labels }) => !Labels?.['com.docker.compose.project']?.startsWith('piko-'))
  return [...new Set([...wanted, ...others.map(({ Id }) => Id)])]
    .filter(id => id !== undefined)
    .slice(0, mostImages)
}

export async function removeImages(context: Changing, references: readonly string[]): Promise<void> {
  if (references.length > 0) await runDocker(context, ['image', 'rm', ...references])
}
