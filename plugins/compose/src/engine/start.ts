import type { Model } from '../contract.js'
import { composeOptions, projectArgs, runDocker } from '../docker.js'
import { serviceErrors } from '../errors/services.js'
import { ownerOf } from '../labels.js'
import { isReplica, parseAddress } from './address.js'
import { type Container, fetchOwnContainers } from './containers.js'
import { homeOf, sharedNotice } from './elsewhere.js'
import type { Row } from './rows.js'
import { requireContainers } from './running.js'
import { requireHere } from './services.js'
import type { SiteContext } from '../site.js'

type Context = SiteContext

interface Starting {
  readonly model: Model
  /** The containers that already exist. */
  readonly before: readonly Container[]
  /** Stops Compose. */
  readonly signal: AbortSignal
}

/**
 * Runs `up -d` for these services and their dependencies, or for all. Compose treats a container between two restarts
 * as running, and Docker's pauses grow to a minute, so those are restarted at once.
 */
export async function startContainers(
  context: Context,
  starting: Starting & { readonly targets: readonly string[] },
): Promise<void> {
  const { targets, before, signal } = starting
  for (const word of targets) {
    if (isReplica(word)) throw serviceErrors.COMPOSE_REPLICA_ALONE({ word, verb: 'up' })
    requireHere(context, word)
  }
  const orphans = targets.length === 0 ? ['--remove-orphans'] : []
  const force = context.flags['force-recreate'] === true ? ['--force-recreate'] : []
  await compose(context, starting, ['up', '-d', ...orphans, ...force, ...targets])
  if (before.length === 0) return
  const untouched = await fetchUntouched(context, { before, services: [] })
  const pausing = untouched.filter(({ status }) => status === 'restarting').map(({ id }) => id)
  if (pausing.length > 0) await runDocker(context, ['container', 'restart', ...pausing], { signal })
}

/**
 * Applies changes as `up` does, then restarts the remaining containers. A requested shared service is restarted for
 * everyone who uses it, with a notice.
 */
export async function restartContainers(context: Context, starting: Starting): Promise<void> {
  const targets = context.targets.filter(word => !isShared(context, word))
  const shared = context.targets.filter(word => isShared(context, word))
  await restartShared(context, shared)
  if (shared.length > 0 && targets.length === 0) return
  const replicas = targets.filter(isReplica)
  const services = targets.filter(word => !isReplica(word)).map(word => requireHere(context, word))
  const ids: string[] = []
  for (const word of replicas) ids.push(...(await requireContainers(context, word)).map(({ id }) => id))
  if (targets.length === 0 || services.length > 0) {
    const words = services.length === 0 ? ['--remove-orphans'] : ['--no-deps', ...services]
    await compose(context, starting, ['up', '-d', ...words])
    const untouched = await fetchUntouched(context, { before: starting.before, services })
    const left = new Set(untouched.map(({ service }) => service))
    if (left.size > 0) await compose(context, starting, ['restart', ...left])
  }
  if (ids.length > 0) await runDocker(context, ['container', 'restart', ...ids], { signal: starting.signal })
}

function isShared(context: Context, word: string): boolean {
  return homeOf(context, parseAddress(word).service).isShared
}

/** They stay connected to the networks of the environments that use them. */
async function restartShared(context: Context, words: readonly string[]): Promise<void> {
  const rows: Row[] = []
  for (const word of words) {
    const found = await requireContainers(context, word)
    for (const { service, name } of found) context.say(sharedNotice(service, name, 'restarting'))
    rows.push(...found)
  }
  if (rows.length > 0) await runDocker(context, ['container', 'restart', ...rows.map(({ id }) => id)])
}

/** Containers still running from before. */
async function fetchUntouched(
  context: Context,
  { before, services }: { readonly before: readonly Container[]; readonly services: readonly string[] },
): Promise<readonly Container[]> {
  const started = new Map(before.map(({ id, startedAt }) => [id, startedAt]))
  const now = await fetchOwnContainers(context, ownerOf(context))
  return now.filter(
    ({ id, startedAt, service, isOneOff }) =>
      !isOneOff && started.get(id) === startedAt && (services.length === 0 || services.includes(service)),
  )
}

/** Never `-y`: it would confirm the loss of a volume's data. Never `--wait`: it fails if a one-shot exits. */
async function compose(
  context: Context,
  { model, signal }: Pick<Starting, 'model' | 'signal'>,
  words: readonly string[],
): Promise<void> {
  const args = [...projectArgs(model, context.environment), ...words]
  await runDocker(context, args, { ...composeOptions(model), signal })
}
