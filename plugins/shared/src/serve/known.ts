import { modelFact } from '@piko/plugin-compose/contract'
import type { EnvironmentContext } from '@piko/sdk'
import { sharedApart, sharedFact } from '../contract.js'

/** The shared services that an environment uses, with their ports. */
export function knownServices(context: EnvironmentContext<unknown>) {
  const model = context.fact(modelFact, sharedApart)
  const services = context.fact(sharedFact) ?? []
  return Object.fromEntries(
    services.map(service => {
      const ports = (model?.services[service]?.ports ?? []).flatMap(({ target, protocol, assigned }) =>
        assigned === undefined ? [] : [[`${target}/${protocol}`, assigned] as const],
      )
      return [service, { ports: Object.fromEntries(ports), isShared: true }]
    }),
  )
}
