import type { Contributions, EnvironmentContext } from '@piko/sdk'
import type { ComposeConfig } from './config.js'
import { type Model, modelFact, projectFact } from './contract.js'
import { variableNames } from './model/variables.js'
import { modelHere } from './override/here.js'

/** Variables and cells of an environment: its ports, by service. */
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
  targets: context => Object.keys(presentModel(context)?.services ?? {}),
}

/** Variables and cells of what is taken out are those of the plugin that took it. */
function presentModel(context: EnvironmentContext<ComposeConfig>): Model | undefined {
  const model = context.fact(modelFact)
  return model && modelHere(context, model)
}
