import { modelFact } from '@piko/plugin-compose/contract'
import type { Changes, Context, Host } from '@piko/sdk'
import type { SharedConfig } from '../config.js'
import { serveRun, sharedApart } from '../contract.js'
import { sharedErrors } from '../errors/shared.js'
import { readConsumers, readServed, removeServed } from '../records.js'
import { readMarks, sharedBy, writeMarks } from '../marks.js'

type ProjectContext = Context<SharedConfig> & Changes

export interface Isolation {
  /** Environments that still use the shared service, by service. */
  readonly consumers: Readonly<Record<string, readonly string[]>>
  /** Services that no environment used and that were stopped. */
  readonly stopped: readonly string[]
  /** Volumes of stopped services, which are kept. */
  readonly volumes: readonly string[]
}

/** Marks services as isolated and stops those that no environment uses. */
export function isolate(host: Host, services: readonly string[]): Promise<Isolation> {
  return host.changeProject('shared', async (context: ProjectContext) => {
    const before = await readMarks(context.project)
    const served = readServed(context)
    const shared = [...new Set([...sharedBy(context.config, before), ...served])]
    const unknown = services.find(service => !shared.includes(service))
    if (unknown !== undefined) throw sharedErrors.SHARED_NOT_SHARED({ service: unknown, shared })
    const marks = Object.fromEntries(services.map(service => [service, 'isolated' as const]))
    await writeMarks(context, { ...before, ...marks })
    const consumers = readConsumers(context)
    const stopped = services.filter(service => served.includes(service) && !consumers.has(service))
    if (stopped.length > 0) {
      removeServed(context, stopped)
      await context.ensure(serveRun, { input: { isRefresh: true } })
    }
    return {
      consumers: Object.fromEntries(services.map(service => [service, consumers.get(service) ?? []])),
      stopped,
      volumes: stopped.flatMap(service => volumesOf(context, service)),
    }
  })
}

function volumesOf(context: ProjectContext, service: string): readonly string[] {
  const model = context.fact(modelFact, sharedApart)
  const mounts = model?.services[service]?.mounts ?? []
  return mounts.flatMap(({ type, source = '' }) => {
    const volume = type === 'volume' ? model?.volumes[source] : undefined
    return volume && !volume.external ? [volume.engineName] : []
  })
}
