import type { StepContext } from '@piko/sdk'
import { setTimeout as pause } from 'node:timers/promises'
import type { CaddyConfig } from '../config.js'
import type { Ports } from '../contract.js'
import { routeWarnings } from '../errors/routes.js'
import { askProxy } from '../proxy/ask.js'
import { type EntryService, keyOf, readEntry, writeEntry } from './files.js'

const WAIT_SECONDS = 30

/** Waits until each health path responds through the proxy. From then on the proxy skips the health check. */
export async function awaitHealth(context: StepContext<CaddyConfig>, { http }: Ports): Promise<void> {
  const key = keyOf(context)
  const deadline = performance.now() + WAIT_SECONDS * 1000
  const gated = Object.entries((await readEntry(key))?.services ?? {}).filter(([, { gated: is }]) => is)
  for (const [name, service] of gated) {
    const { host, health = '/' } = service
    let isUp = false
    while (!(isUp = await isHealthy(context, { http, service })) && performance.now() < deadline)
      await pause(200, undefined, { signal: context.signal })
    if (isUp) await openGate(context, { key, name })
    else
      context.warn(
        routeWarnings.CADDY_ROUTE_SILENT({ service: name, health, environment: context.environment.name }),
      )
    context.debug(`${host}: ${isUp ? 'up' : 'silent'}`)
  }
}

async function isHealthy(
  { signal }: StepContext<CaddyConfig>,
  { http, service }: { readonly http: number; readonly service: EntryService },
): Promise<boolean> {
  const { host, health = '/' } = service
  const response = await askProxy({ port: http, host, path: health, signal })
  return response !== undefined && response.status < 400
}

async function openGate(
  context: StepContext<CaddyConfig>,
  { key, name }: { readonly key: string; readonly name: string },
): Promise<void> {
  const entry = await readEntry(key)
  const service = entry?.services[name]
  if (!entry || !service) return
  const services = { ...entry.services, [name]: { ...service, gated: false } }
  await writeEntry(context, key, { ...entry, services })
}
