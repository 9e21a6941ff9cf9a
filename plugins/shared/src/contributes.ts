import {
  elsewhereSlot,
  modelFact,
  overrideSlot,
  type Override,
  reset,
  variableNames,
  warningsSlot,
} from '@piko/plugin-compose/contract'
import { type Contributions, type EnvironmentContext, fill } from '@piko/sdk'
import type { SharedConfig } from './config.js'
import { sharedApart, sharedFact } from './contract.js'
import { knownServices } from './serve/known.js'
import { fetchStates } from './serve/states.js'
import { warnOfCommon } from './databases/common.js'
import { databaseVariables } from './databases/variables.js'

type Context = EnvironmentContext<SharedConfig>

/** The ports and databases of shared services, and the override that removes them from the environment's project. */
export const contributes: Contributions<SharedConfig> = {
  variables: context => ({ ...portVariables(context), ...databaseVariables(context) }),
  columns: context => {
    const cells = Object.entries(knownServices(context)).map(([service, { ports }]) => {
      const [port] = Object.values(ports)
      return port === undefined ? service : `${service}:${port}`
    })
    return cells.length === 0 ? {} : { Shared: cells.join(' ') }
  },
  targets: context => context.fact(sharedFact) ?? [],
  services: knownServices,
  state: fetchStates,
  fills: [
    fill(elsewhereSlot, (context: Context) => {
      const services = context.fact(sharedFact) ?? []
      return Object.fromEntries(services.map(service => [service, sharedApart]))
    }),
    fill(warningsSlot, warnOfCommon),
    fill(overrideSlot, (context: Context, model): Override | undefined => {
      const here = (context.fact(sharedFact) ?? []).filter(service => service in model.services)
      if (here.length === 0) return undefined
      return { services: Object.fromEntries(here.map(service => [service, reset()])) }
    }),
  ],
}

function portVariables(context: Context): Readonly<Record<string, string>> {
  const model = context.fact(modelFact, sharedApart)
  const shared = context.fact(sharedFact) ?? []
  if (!model) return {}
  const services = Object.entries(model.services).filter(([service]) => shared.includes(service))
  const names = variableNames({ ...model, services: Object.fromEntries(services) })
  return Object.fromEntries(
    names.filter(({ twin }) => twin === undefined).map(({ name, port }) => [name, String(port)]),
  )
}
