import {
  type Claim,
  type Contributions,
  type EnvironmentContext,
  fill,
  mountsSlot,
  type ServiceState,
  skippedServicesSlot,
} from '@piko/sdk'
import type { ComposeConfig } from './config.js'
import {
  containersFact,
  type Model,
  modelFact,
  projectFact,
  selectionFact,
  type Service,
} from './contract.js'
import { variableNames } from './contract/variables.js'
import { mountedFolders } from './dependencies/mounts.js'
import { fetchDisk } from './engine/disk.js'
import { fetchOwnStates } from './engine/states.js'
import { fetchTraces } from './engine/traces.js'
import { modelHere } from './override/here.js'
import { recall } from './override/recall.js'
import { network } from './steps/network.js'
import { up } from './steps/up.js'
import { volumes } from './steps/volumes.js'

/** The environment's variables and status cells: its ports, by service. */
export const contributes: Contributions<ComposeConfig> = {
  variables(context) {
    const project = context.fact(projectFact)
    const ports = variableNames(presentModel(context)).filter(({ twin }) => twin === undefined)
    return {
      ...(project === undefined ? {} : { PIKO_PROJECT: project }),
      ...Object.fromEntries(ports.map(({ name, port }) => [name, String(port)])),
    }
  },
  columns(context) {
    const cells = Object.entries(presentModel(context)?.services ?? {}).flatMap(
      ([name, { active, ports }]) => {
        const port = active ? ports.find(({ assigned }) => assigned !== undefined)?.assigned : undefined
        return port === undefined ? [] : [`${name}:${port}`]
      },
    )
    return { Ports: cells.join(' ') }
  },
  fills: [
    fill(skippedServicesSlot, context => {
      const services = Object.entries(context.fact(modelFact)?.services ?? {})
      const inactive = services.flatMap(([name, { active }]) => (active ? [] : [name]))
      return [...(context.fact(selectionFact)?.unselected ?? []), ...inactive]
    }),
    fill(mountsSlot, context => {
      const model = presentModel(context)
      return model && mountedFolders(model, context.environment.path)
    }),
  ],
  targets: context => Object.keys(presentModel(context)?.services ?? {}),
  services(context) {
    const services = Object.entries(presentModel(context)?.services ?? {}).filter(([, { active }]) => active)
    return Object.fromEntries(services.map(([name, service]) => [name, { ports: hostPorts(service) }]))
  },
  async state(contexts, asked) {
    const states: Record<string, readonly ServiceState[]> = {}
    for (const context of contexts) {
      const found = await fetchOwnStates(context, { asked, ended: context.receipt(up)?.ended ?? [] })
      if (found) states[context.environment.name] = found
    }
    return states
  },
  sizes: fetchDisk,
  traces: fetchTraces,
  recalls: recall,
  claims(context) {
    const isUp = context.receipt(up) !== undefined
    return [
      ...claimsOf('container', isUp ? (context.fact(containersFact) ?? []).map(({ name }) => name) : []),
      ...claimsOf('network', context.receipt(network)?.networks ?? []),
      ...claimsOf('volume', context.receipt(volumes)?.volumes ?? []),
    ]
  },
}

function claimsOf(kind: Claim['kind'], names: readonly string[]): readonly Claim[] {
  return names.map(name => ({ kind, name }))
}

/** Assigned host ports, by container port: `80/tcp`. */
function hostPorts({ ports }: Service): Readonly<Record<string, number>> {
  return Object.fromEntries(
    ports.flatMap(({ target, protocol, assigned }) =>
      assigned === undefined ? [] : [[`${target}/${protocol}`, assigned] as const],
    ),
  )
}

/** Leaves out removed services: the plugin that removed them provides their variables and cells. */
function presentModel(context: EnvironmentContext<ComposeConfig>): Model | undefined {
  const model = context.fact(modelFact)
  return model && modelHere(context, model)
}
