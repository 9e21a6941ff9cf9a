import { detailsOf, type Failure } from '@piko/sdk'
import * as z from 'zod'
import type { Model } from '../contract.js'
import type { Looking } from '../docker.js'
import { engineErrors } from '../errors/engine.js'
import { explainCompose } from '../registry/explain.js'
import { askEngine } from '../engine/api.js'
import type { SiteContext } from '../site.js'

type Context = Looking & Pick<SiteContext, 'environment'>

/** Finds out why `up` failed: a port, a failed service, or else Compose's own error. */
export async function explainUp(
  context: Context,
  failed: {
    readonly model: Model
    readonly cause: unknown
    /** The error for failed services, if any. */
    findFailure(): Promise<Failure | undefined>
  },
): Promise<unknown> {
  const { model, cause, findFailure } = failed
  const details = detailsOf(cause)
  if (details?.code !== 'TOOL_FAILED') return cause
  const taken = takenPort(model, details.details?.join('\n') ?? '')
  if (taken) {
    const holder = (await findHolder(context, taken.port)) ?? 'another program'
    const environment = context.environment.name
    return engineErrors.COMPOSE_PORT_TAKEN({ ...taken, environment, holder, free: near(taken.port), cause })
  }
  const pulling = explainCompose(model, { verb: 'up', environment: context.environment.name, cause })
  return pulling ?? (await findFailure()) ?? cause
}

/** Engines say so only in prose: `port is already allocated` (a container), `address already in use` (a program). */
function takenPort(model: Model, output: string) {
  const lines = output
    .split('\n')
    .filter(line => /port is already allocated|address already in use/.test(line))
  for (const [service, { ports }] of Object.entries(model.services)) {
    for (const { assigned, leasedAs, target } of ports) {
      const isNamed = assigned !== undefined && lines.some(line => new RegExp(`:${assigned}\\b`).test(line))
      if (isNamed) return { port: assigned, service: leasedAs === service ? service : leasedAs, target }
    }
  }
  return undefined
}

/** A port to suggest, which may be free. */
function near(port: number): number {
  return port >= 65500 ? port - 100 : port + 1
}

const holders = z.array(z.object({ Names: z.array(z.string()) }))

/** The container that uses the port, if any. */
async function findHolder(context: Context, port: number): Promise<string | undefined> {
  const filters = { publish: [String(port)] }
  const [holder] = (await askEngine(context, holders, { path: '/containers/json', filters })) ?? []
  const name = holder?.Names[0]?.replace(/^\//, '')
  return name === undefined ? undefined : `the container ${name}`
}
