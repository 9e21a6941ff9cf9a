import { originOf } from '../store/deploys.js'
import { type Instance, instances } from '../store/instances.js'
import { awaitReady } from './ready.js'
import { end, note } from './record.js'
import { type Context, currentInstances, type Situation } from './situation.js'

export interface Gap {
  readonly services: readonly string[]
  seconds(): string
}

/** Stops the running instances of services that must not run twice. Undefined if there are none. */
export async function stopTurns(
  context: Context,
  { stage, target }: Situation,
  batch: readonly { readonly service: string; readonly takesTurns: boolean }[],
): Promise<Gap | undefined> {
  const turning = new Set(batch.filter(({ takesTurns }) => takesTurns).map(({ service }) => service))
  const old = currentInstances(context, stage).filter(({ service }) => turning.has(service))
  if (old.length === 0) return undefined
  const services = old.map(({ service }) => service)
  const since = performance.now()
  const line = `${services.join(', ')} has volumes: it is stopped before the new one starts`
  note(context, line, 'warning')
  context.say(`! ${line}`)
  for (const { id } of old) instances.update(context, id, { status: 'stopped' })
  await target.stop(old.map(({ container }) => container))
  return { services, seconds: () => ((performance.now() - since) / 1000).toFixed(1) }
}

/** Starts the containers of an earlier release again, as they were. Returns the names of those that were stopped. */
export async function restore(
  context: Context,
  situation: Situation,
  wanted: readonly Instance[],
): Promise<readonly string[]> {
  const resumed = wanted.filter(({ isCurrent }) => !isCurrent)
  await stopTurns(context, situation, resumed)
  for (const { id } of resumed) instances.update(context, id, { status: 'running' })
  const names = resumed.map(({ container }) => container)
  await situation.target.resume(names)
  await awaitReady(context, situation, resumed)
  return names
}

/** Removes what this deploy started, and starts again what it stopped. */
export async function undoStart(context: Context, situation: Situation): Promise<void> {
  const { deploy, stage, target } = situation
  const all = instances.of(context, stage.id)
  const made = all.filter(one => one.deploy === deploy.id && one.status !== 'failed')
  await target.remove(made.map(({ container }) => container))
  const restored = deploy.restores === null ? [] : Object.values(originOf(context, deploy).serving)
  const resumed = all.filter(one => restored.includes(one.id) && !one.isCurrent && one.status === 'running')
  await target.stop(resumed.map(({ container }) => container))
  const stopped = all.filter(one => one.isCurrent && one.status === 'stopped')
  await target.resume(stopped.map(({ container }) => container))
  context.transaction(() => {
    for (const { id } of made) instances.update(context, id, { status: 'failed' })
    for (const { id } of resumed) instances.update(context, id, { status: 'stopped' })
    for (const { id } of stopped) instances.update(context, id, { status: 'running' })
    if (made.length + resumed.length > 0) end(context, 'rolled_back')
  })
}
