import type { Context } from '@piko/sdk'
import { deployErrors } from '../errors/deploys.js'
import { fetchTags } from '../registry/client.js'
import { endpointFor, repositoryOf } from '../registry/endpoint.js'
import { isPattern, newestTag } from '../registry/pattern.js'
import type { Stage } from '../store/stages.js'

/** The tag to deploy if none is named: the newest that fits the stage's pattern, its fixed tag, or `latest`. */
export async function chooseTag(
  context: Pick<Context<unknown>, 'read' | 'signal'>,
  { image, tag }: Pick<Stage, 'image' | 'tag'>,
): Promise<string> {
  if (tag === null || !isPattern(tag)) return tag ?? 'latest'
  const { signal } = context
  const { tags } = await fetchTags(endpointFor(context, image), repositoryOf(image), { signal })
  const newest = newestTag(tags, tag)
  if (newest !== undefined) return newest
  throw deployErrors.DEPLOY_TAG_NONE({ image, pattern: tag })
}
