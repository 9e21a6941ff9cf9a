import { type Model, modelFact, namesOn } from '@piko/plugin-compose/contract'
import { disconnect } from '@piko/plugin-compose/contract/engine'
import { defineStep, type StepContext } from '@piko/sdk'
import type { SharedConfig } from '../config.js'
import { serveRun, sharedFact } from '../contract.js'
import { fetchShared, onSharedEngine } from '../engine.js'
import { type Attachment, readAttachments, setAttachments } from '../records.js'
import { requireOneEngine } from '../one-engine.js'

type Context = StepContext<SharedConfig>

/**
 * Starts shared services that are not running, and attaches them to the environment's networks before its containers
 * start.
 */
export const attach = defineStep({
  id: 'shared:attach',
  title: 'Attaching shared services',
  undoTitle: 'Disconnecting shared services',
  phase: 'start',
  after: ['compose:network'],
  before: ['compose:up'],
  timeLimit: 3600,

  async do(context: Context) {
    const { name } = context.environment
    const services = context.fact(sharedFact) ?? []
    const before = readAttachments(context).filter(({ environment }) => environment === name)
    if (services.length === 0 && before.length === 0) return { networks: [] }
    requireOneEngine(context)
    const wanted = attachmentsOf(context.fact(modelFact), services)
    setAttachments(context, name, wanted)
    const kept = (old: Attachment) =>
      wanted.some(({ service, network }) => service === old.service && network === old.network)
    await detach(
      context,
      before.filter(old => !kept(old)),
    )
    if (services.length > 0) await context.ensure(serveRun, { input: { isRefresh: false } })
    return { networks: [...new Set(wanted.map(({ network }) => network))] }
  },

  async undo(context: Context) {
    const { name } = context.environment
    const attachments = readAttachments(context).filter(({ environment }) => environment === name)
    await detach(context, attachments)
    setAttachments(context, name, [])
  },

  report: ({ networks }) => (networks.length === 0 ? undefined : 'Attached shared services'),
})

/** All networks of the service in the Compose files, with all its names there. */
function attachmentsOf(
  model: Model | undefined,
  services: readonly string[],
): readonly Omit<Attachment, 'environment'>[] {
  if (!model) return []
  return services.flatMap(service =>
    Object.keys(model.services[service]?.networks ?? {}).flatMap(key => {
      const network = model.networks[key]
      if (!network || network.external) return []
      return [{ service, network: network.engineName, aliases: namesOn(model, service, key) }]
    }),
  )
}

async function detach(context: Context, attachments: readonly Attachment[]): Promise<void> {
  if (attachments.length === 0) return
  const there = await onSharedEngine(context)
  const containers = await fetchShared(there)
  for (const { network, service } of attachments)
    for (const container of containers.filter(other => other.service === service))
      if (container.networks.has(network)) await disconnect(there, { network, container })
}
