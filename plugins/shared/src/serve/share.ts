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
import { readWishes, writeWishes } from '../wishes.js'
import { knowApart } from './apart.js'
import { portsOf } from './list.js'

type ProjectContext = Context<SharedConfig> & Changes

export interface Sharing {
  readonly network: string
  readonly isNetworkNew: boolean
  /** Host ports by service and container port. */
  readonly ports: Readonly<Record<string, Readonly<Record<string, number>>>>
  /** What a shared service depends on and has to do without. */
  readonly lacking: readonly { readonly service: string; readonly needed: string }[]
  /** Environments that run one of their own until their next `piko up`. */
  readonly environments: readonly string[]
  /** Services whose data in these all environments read and write. */
  readonly warnings: readonly Warning[]
}

/** Starts services as shared ones, and only then marks them: a failed start leaves everything as it was. */
export async function share(host: Host, services: readonly string[]): Promise<Sharing> {
  const environments = await host.environments()
  return host.changeProject('shared', async (context: ProjectContext) => {
    const before = readServed(context)
    const all = [...new Set([...before, ...services])]
    await knowApart(context, all)
    const model = context.fact(modelFact, sharedApart)
    requireShareable(model, services)
    const network = networkOf(context)
    const isNetworkNew = !(await isThere(context, network))
    await start(context, { network, services: services.filter(service => !before.includes(service)) })
    const marks = Object.fromEntries(services.map(service => [service, 'shared' as const]))
    await writeWishes(context, { ...(await readWishes(context.project)), ...marks })
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
    // What failed is why the user is here: that the others could not be put back is said by the next command.
    await context.ensure(serveRun, { input: { isRefresh: true } }).catch(() => undefined)
    throw error
  }
}

async function isThere(context: ProjectContext, network: string): Promise<boolean> {
  return (await fetchNetworks(await onSharedEngine(context), [network])).length > 0
}
