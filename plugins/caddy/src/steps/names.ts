import { defineStep, type StepContext } from '@piko/sdk'
import { modelFact } from '@piko/plugin-compose/contract'
import type { CaddyConfig } from '../config.js'
import { portsFact, portsRun, type Routes, routesFact } from '../contract.js'
import { chooseServices } from '../routes/choose.js'
import { claimHosts } from '../routes/claim.js'

type Context = StepContext<CaddyConfig>

/** The host names of the environment: before anything is generated, since `.env` may hold them. Asks no engine. */
export const names = defineStep<CaddyConfig, Routes>({
  id: 'caddy:names',
  title: 'Giving it host names',
  phase: 'resolve',

  async do(context) {
    const routes = publish(context)
    const isNamed = routes.services.length > 0
    if (isNamed && !context.fact(portsFact, { run: portsRun })) await context.ensure(portsRun, { input: {} })
    return routes
  },

  async preview(context) {
    publish(context)
    return undefined
  },

  /** Names go back with the environment; nothing else was made. */
  async undo() {},
})

function publish(context: Context): Routes {
  const model = context.fact(modelFact)
  const services = model ? chooseServices(model, context.config) : []
  const routes = services.length === 0 ? { host: '', services: [] } : claimHosts(context, services)
  context.publish(routesFact, routes)
  return routes
}
