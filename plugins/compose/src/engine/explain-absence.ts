import { serviceErrors } from '../errors/services.js'
import { requireModel } from '../model/require.js'
import type { SiteContext } from '../site.js'
import { parseAddress } from './address.js'
import { fetchContainers } from './containers.js'
import { fetchImageId, tagsOf } from './images.js'
import { fetchLogLines } from './log-lines.js'
import type { Row } from './rows.js'

type Context = SiteContext

/** Explains why a service has no container: never created, removed, profile inactive, or image missing. */
export async function explainAbsent(context: Context, service: string): Promise<Error> {
  const model = requireModel(context)
  const { active = true, profiles = [], image } = model.services[service] ?? {}
  const reference = tagsOf(model, [service]).get(service) ?? image
  const hasImage = reference === undefined || (await fetchImageId(context, reference)) !== undefined
  const facts = { environment: context.environment.name, service, profiles: active ? [] : profiles }
  if (hasImage) return serviceErrors.COMPOSE_SERVICE_ABSENT(facts)
  const remedy = model.services[service]?.build === undefined ? 'pull' : 'build'
  return serviceErrors.COMPOSE_IMAGE_MISSING({ ...facts, image: reference, remedy })
}

/** Explains why a service has no running container. */
export async function explainStopped(
  context: Context,
  { word, row }: { readonly word: string; readonly row: Row | undefined },
): Promise<Error> {
  const environment = context.environment.name
  const [container] = row ? await fetchContainers(context, [row.id]) : []
  if (!row || !container) return explainAbsent(context, parseAddress(word).service)
  const { status, exitCode } = container
  const hasEnded = status === 'exited' || status === 'restarting' || status === 'dead'
  return serviceErrors.COMPOSE_SERVICE_NOT_RUNNING({
    environment,
    service: word,
    name: word.split('#')[0] ?? word,
    status,
    isPaused: status === 'paused',
    exitCode: hasEnded ? exitCode : undefined,
    lines: hasEnded ? await fetchLogLines(context, row.id, 10) : [],
  })
}
