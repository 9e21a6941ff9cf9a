import { serviceErrors } from '../errors/services.js'
import { requireModel } from '../model/require.js'
import { parseAddress } from './address.js'
import { fetchContainers } from './containers.js'
import { fetchLogLines } from './log-lines.js'
import { fetchRows, type Row } from './rows.js'
import { homeOf, sharedNotice } from './elsewhere.js'
import { requireHere } from './services.js'
import { fetchImageId, tagsOf } from './images.js'
import type { SiteContext } from '../site.js'

type Context = SiteContext

/**
 * The container that `web` or `web#2` names. Prints a notice if it is shared. Throws with the reason if there is none
 * or it is not running.
 */
export async function requireRunning(context: Context, word: string): Promise<Row> {
  const rows = await requireContainers(context, word)
  const row = rows.find(({ state }) => state === 'running') ?? rows[0]
  if (row?.state === 'running') {
    const { service } = parseAddress(word)
    if (homeOf(context, service).isShared) context.say(sharedNotice(service, row.name))
    return row
  }
  throw await explainStopped(context, { word, row })
}

/** The containers that `web` or `web#2` names, running or not. Throws if there are none. */
export async function requireContainers(context: Context, word: string): Promise<readonly Row[]> {
  const { owner } = homeOf(context, parseAddress(word).service)
  return requireAmong(context, { word, rows: await fetchRows(context, owner) })
}

/** The containers among these that `web` or `web#2` names. Throws if there are none. */
export async function requireAmong(
  context: Context,
  among: { readonly word: string; readonly rows: readonly Row[] },
): Promise<readonly Row[]> {
  const { service, replica } = parseAddress(among.word)
  const rows = among.rows.filter(row => row.service === service && !row.isOneOff)
  // A container counts even if its service was removed from the Compose file.
  if (rows.length === 0 && homeOf(context, service).isShared)
    throw serviceErrors.COMPOSE_SHARED_ABSENT({ service })
  if (rows.length === 0) requireHere(context, service)
  if (rows.length === 0) throw await explainAbsent(context, service)
  if (replica === undefined) return rows
  const found = rows.filter(row => row.replica === replica)
  const replicas = rows.map(row => row.replica)
  if (found.length > 0) return found
  throw serviceErrors.COMPOSE_REPLICA_UNKNOWN({
    environment: context.environment.name,
    service,
    replica,
    replicas,
  })
}

/** Explains why a service has no container: never created, removed, profile inactive, or image missing. */
async function explainAbsent(context: Context, service: string): Promise<Error> {
  const model = requireModel(context)
  const { active = true, profiles = [], image } = model.services[service] ?? {}
  const reference = tagsOf(model, [service]).get(service) ?? image
  const hasImage = reference === undefined || (await fetchImageId(context, reference)) !== undefined
  const facts = { environment: context.environment.name, service, profiles: active ? [] : profiles }
  if (hasImage) return serviceErrors.COMPOSE_SERVICE_ABSENT(facts)
  const remedy = model.services[service]?.build === undefined ? 'pull' : 'build'
  return serviceErrors.COMPOSE_IMAGE_MISSING({ ...facts, image: reference, remedy })
}

async function explainStopped(
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
