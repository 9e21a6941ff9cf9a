import { askRegistry, type Endpoint, fetchTags, type TagList } from '../registry/client.js'
import { endpointFor, repositoryOf } from '../registry/endpoint.js'
import { isPattern, newestTag } from '../registry/pattern.js'
import { pinned } from '../registry/reference.js'
import { deploys } from '../store/deploys.js'
import type { Stage } from '../store/stages.js'
import type { Context } from '@piko/sdk'

type Looking = Pick<Context<unknown>, 'read' | 'signal'>

/** What the registry said last about each stage, so that the next question can be conditional. */
export interface Memory {
  readonly tags: Map<string, TagList>
  readonly digests: Map<string, string>
}

export function newMemory(): Memory {
  return { tags: new Map(), digests: new Map() }
}

/**
 * The tag that is new: the newest that fits, with a digest that no deploy of the stage has had. So what was rolled back
 * or has failed is not deployed again. Undefined if there is none.
 */
export async function findNew(context: Looking, stage: Stage, memory: Memory): Promise<string | undefined> {
  const endpoint = endpointFor(context, stage.image)
  const tag = await chooseTag(context, { endpoint, stage, memory })
  if (tag === undefined) return undefined
  const reference = `${stage.image}:${tag}`
  const known = memory.digests.get(reference)
  const digest = await fetchTagDigest(endpoint, { ...stage, tag, known, signal: context.signal })
  if (digest === undefined) return undefined
  memory.digests.set(reference, digest)
  const pin = pinned(reference, digest)
  return deploys.of(context, stage.id).some(({ images }) => images[stage.service] === pin) ? undefined : tag
}

async function chooseTag(
  { signal }: Looking,
  {
    endpoint,
    stage,
    memory,
  }: { readonly endpoint: Endpoint; readonly stage: Stage; readonly memory: Memory },
): Promise<string | undefined> {
  const { image, tag } = stage
  if (tag === null || !isPattern(tag)) return tag ?? 'latest'
  const list = await fetchTags(endpoint, repositoryOf(image), { signal, before: memory.tags.get(image) })
  memory.tags.set(image, list)
  return newestTag(list.tags, tag)
}

const accept = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ')

/** Undefined if there is no such tag. With a known digest, the registry answers 304 if it is still the same. */
async function fetchTagDigest(
  endpoint: Endpoint,
  asked: {
    readonly image: string
    readonly tag: string
    readonly known: string | undefined
    readonly signal: AbortSignal
  },
): Promise<string | undefined> {
  const { image, tag, known, signal } = asked
  const headers = { accept, ...(known === undefined ? {} : { 'if-none-match': `"${known}"` }) }
  const path = `/v2/${repositoryOf(image)}/manifests/${tag}`
  const answer = await askRegistry(endpoint, { path, method: 'HEAD', headers, signal })
  if (answer.status === 304) return known
  return answer.ok ? (answer.headers.get('docker-content-digest') ?? undefined) : undefined
}
