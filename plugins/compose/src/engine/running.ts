import { serviceErrors } from '../errors/services.js'
import { parseAddress } from './address.js'
import { fetchRows, type Row } from './rows.js'
import { homeOf, sharedNotice } from './elsewhere.js'
import { requireHere } from './services.js'
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
  const { explainStopped } = await import('./explain-absence.js')
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
  if (rows.length === 0) {
    const { explainAbsent } = await import('./explain-absence.js')
    throw await explainAbsent(context, service)
  }
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
