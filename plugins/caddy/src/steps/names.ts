import { defineStep, type StepContext } from '@piko/sdk'
import { type Model, modelFact, overrideSlot } from '@piko/plugin-compose/contract'
import { removedServices } from '@piko/plugin-compose/contract/engine'
import type { CaddyConfig } from '../config.js'
import { portsFact, portsRun, type Routes, routesFact } from '../contract.js'
import { type Chosen, chooseServices } from '../routes/choose.js'
import { claimHosts } from '../routes/claim.js'

type Context = StepContext<CaddyConfig>

/** Claims the environment's host names before any file is generated, since `.env` may contain them. Needs no engine. */
export const names = defineStep<CaddyConfig, Routes>({
  id: 'caddy:names',
  title: 'Choosing host names',
  undoTitle: 'Removing generated files',
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

  /** The names are released with the environment; there is nothing else to undo. */
  async undo() {},
})

function publish(context: Context): Routes {
  const model = context.fact(modelFact)
  const services = model ? chooseHere(context, model) : []
  const routes = services.length === 0 ? { host: '', services: [] } : claimHosts(context, services)
  context.publish(routesFact, routes)
  return routes
}

/** Leaves out services that another plugin has removed from the environment: they run elsewhere. */
function chooseHere(context: Context, model: Model): readonly Chosen[] {
  const filled = context.collect(overrideSlot, model)
  const isHere = ({ service }: Chosen) => !filled.some(({ value }) => removedServices(value).has(service))
  return chooseServices(model, context.config).filter(isHere)
}
