import type { Warning } from '@piko/sdk'
import type { Finding } from './finding.js'

/** Two services with the same name on one network: Docker picks either. */
export const aliases: Finding = {
  stays: 'two services of one environment that answer to one name on one network',
  because: 'the files say so; Docker picks either one',
  codes: ['COMPOSE_ALIAS_TWICE'],
  find: ({ services, networks }) =>
    Object.keys(networks).flatMap(network => {
      const holders = new Map<string, string>()
      const warnings: Warning[] = []
      for (const [service, { active, networks: attached, containerName }] of Object.entries(services)) {
        const attachment = attached[network]
        if (!active || !attachment) continue
        for (const name of new Set([service, ...attachment.aliases, containerName ?? service])) {
          const other = holders.get(name) ?? service
          if (other !== service) warnings.push(twice({ name, network, service, other }))
          holders.set(name, other)
        }
      }
      return warnings
    }),
}

function twice(facts: {
  readonly name: string
  readonly network: string
  readonly service: string
  readonly other: string
}): Warning {
  const { name, network, service, other } = facts
  const message = `The services ${other} and ${service} both answer to ${name} on network ${network}`
  return { code: 'COMPOSE_ALIAS_TWICE', message, service }
}
