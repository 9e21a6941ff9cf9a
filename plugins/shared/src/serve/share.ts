import { modelFact } from '@piko/plugin-compose/contract'
import { fetchNetworks, fetchWritten } from '@piko/plugin-compose/contract/engine'
import type { Changes, Context, Host, Warning } from '@piko/sdk'
import type { SharedConfig } from '../config.js'
import { serveRun, sharedApart } from '../contract.js'
import { warnOfCommonFiles } from '../databases/common.js'
import { onSharedEngine } from '../engine.js'
import { networkOf } from '../network.js'
import { addServed, readConsumers, readServed, removeServed } from '../records.js'
import { missingNeeds, requireShareable } from '../shareable.js'
import { readMarks, writeMarks } from '../marks.js'
import { resolveApart } from './apart.js'
import { portsOf } from './list.js'

type ProjectContext = Context<SharedConfig> & Changes

export interface Sharing {
  readonly network: string
  readonly isNetworkNew: boolean
  /** Host ports by service and container port. */
  readonly ports: Readonly<Record<string, Readonly<Record<string, number>>>>
  /** Dependencies of a shared service that are not available to it. */
  readonly lacking: readonly { readonly service: string; readonly needed: string }[]
  /** Environments that run their own instance until their next `piko up`. */
  readonly environments: readonly string[]
  /** Warnings about services whose data is now common to all environments. */
  readonly warnings: readonly Warning[]
}

/** Starts services as shared, and marks them only after that: a failed start changes nothing. */
export async function share(host: Host, services: readonly string[]): Promise<Sharing> {
  const environments = await host.environments()
  return host.changeProject('shared', async (context: ProjectContext) => {
    const before = readServed(context)
    const all = [...new Set([...before, ...services])]
    await resolveApart(context, all)
    const model = context.fact(modelFact, sharedApart)
    requireShareable(model, services)
    const network = networkOf(context)
    const isNetworkNew = !(await hasNetwork(context, network))
    await start(context, { network, services: services.filter(service => !before.includes(service)) })
    const marks = Object.fromEntries(services.map(service => [service, 'shared' as const]))
    await writeMarks(context, { ...(await readMarks(context.project)), ...marks })
    const consumers = readConsumers(context)
    const texts = model ? await fetchWritten(context, model) : {}
    return {
      network,
      isNetworkNew,
      ports: Object.fromEntries(services.map(service => [service, portsOf(context, service)])),
      lacking: missingNeeds(model, all),
      environments: environments
        .map(({ name }) => name)
        .filter(name => services.some(service => !consumers.get(service)?.includes(name))),
      warnings: model ? warnOfCommonFiles(context, { model, texts }, services) : [],
    }
  })
}

async function start(
  context: ProjectContext,
  { network, services }: { readonly network: string; readonly services: readonly string[] },
): Promise<void> {
  const { project } = context
  addServed(context, services, { project: project.name, network })
  try {
    await context.ensure(serveRun, { input: { isRefresh: true } })
  } catch (error) {
    removeServed(context, services)
    // The first error is the one to report; the next command reports services that could not be restored.
    await context.ensure(serveRun, { input: { isRefresh: true } }).catch(() => undefined)
    throw error
  }
}

async function hasNetwork(context: ProjectContext, network: string): Promise<boolean> {
  return (await fetchNetworks(await onSharedEngine(context), [network])).length > 0
}
