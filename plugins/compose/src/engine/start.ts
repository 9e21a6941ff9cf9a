import type { StepContext } from '@piko/sdk'
import type { Model } from '../contract.js'
import { composeOptions, projectArgs, runDocker } from '../docker.js'
import { ownerOf } from '../labels.js'
import { isReplica } from './address.js'
import { type Container, fetchOwnContainers } from './containers.js'
import { replicaAlone } from './service-errors.js'
import { requireContainers } from './running.js'
import { requireHere } from './services.js'
import { underWatch } from '../readiness/watch.js'
import { explainUp } from './up-failure.js'

type Context = StepContext<unknown>

/** `up -d` of these services and what they depend on; of all without any. */
export async function startContainers(
  context: Context,
  { model, targets }: { readonly model: Model; readonly targets: readonly string[] },
): Promise<void> {
  for (const word of targets) {
    if (isReplica(word)) throw replicaAlone(word, 'up')
    requireHere(context, word)
  }
  const orphans = targets.length === 0 ? ['--remove-orphans'] : []
  const force = context.flags['force-recreate'] === true ? ['--force-recreate'] : []
  await compose(context, model, ['up', '-d', ...orphans, ...force, ...targets])
}

/** What has changed is taken up, as by `up`; the containers that this leaves as they are, are restarted. */
export async function restartContainers(
  context: Context,
  { model, before }: { readonly model: Model; readonly before: readonly Container[] },
): Promise<void> {
  const { targets } = context
  const replicas = targets.filter(isReplica)
  const services = targets.filter(word => !isReplica(word)).map(word => requireHere(context, word))
  const ids: string[] = []
  for (const word of replicas) ids.push(...(await requireContainers(context, word)).map(({ id }) => id))
  if (targets.length === 0 || services.length > 0) {
    const words = services.length === 0 ? ['--remove-orphans'] : ['--no-deps', ...services]
    await compose(context, model, ['up', '-d', ...words])
    const left = await fetchUntouched(context, { before, services })
    if (left.length > 0) await compose(context, model, ['restart', ...left])
  }
  if (ids.length > 0) await runDocker(context, ['container', 'restart', ...ids])
}

/** Services with a container that runs since before. */
async function fetchUntouched(
  context: Context,
  { before, services }: { readonly before: readonly Container[]; readonly services: readonly string[] },
): Promise<readonly string[]> {
  const started = new Map(before.map(({ id, startedAt }) => [id, startedAt]))
  const now = await fetchOwnContainers(context, ownerOf(context))
  const same = now.filter(
    ({ id, startedAt, service, isOneOff }) =>
      !isOneOff && started.get(id) === startedAt && (services.length === 0 || services.includes(service)),
  )
  return [...new Set(same.map(({ service }) => service))]
}

/** Never `-y`: it would say yes to losing a volume's data. Never `--wait`: a one-shot that ends would fail it. */
async function compose(context: Context, model: Model, words: readonly string[]): Promise<void> {
  try {
    const args = [...projectArgs(model, context.environment), ...words]
    await underWatch(context, signal => runDocker(context, args, { ...composeOptions(model), signal }))
  } catch (cause) {
    throw await explainUp(context, { model, cause })
  }
}
