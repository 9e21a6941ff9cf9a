import { type Change, type Model, type Override, replace, reset } from '../contract.js'
import type { Rule } from './rule.js'

/** Networks are piko's own, external to Compose; a fixed address or subnet can be had once per engine. */
export const networks: Rule = model => {
  const changes: Change[] = []
  const named: Record<string, Override[string]> = {}
  for (const [key, network] of Object.entries(model.networks)) {
    if (network.external) continue
    named[key] = replace({ external: true, name: network.engineName })
    const because = 'each environment has networks of its own'
    changes.push({ what: `network ${key}`, from: network.name, to: network.engineName, because })
    for (const subnet of network.subnets) {
      changes.push({
        what: `subnet of network ${key}`,
        from: subnet,
        to: "one of piko's own",
        because: 'a subnet can be used once per engine',
      })
    }
  }
  const services = withoutAddresses(model, changes)
  return {
    override: {
      ...(Object.keys(services).length === 0 ? {} : { services }),
      ...(Object.keys(named).length === 0 ? {} : { networks: named }),
    },
    changes,
  }
}

function withoutAddresses(model: Model, changes: Change[]): Record<string, Override> {
  const services: Record<string, Override> = {}
  for (const [service, { networks: attached }] of Object.entries(model.services)) {
    const resets: Record<string, Override> = {}
    for (const [network, { addresses }] of Object.entries(attached)) {
      const keys = Object.keys(addresses)
      if (keys.length === 0) continue
      resets[network] = Object.fromEntries(keys.map(key => [key, reset()]))
      for (const from of Object.values(addresses)) {
        const because = 'a fixed address can be used once per network, and the network is another one'
        changes.push({
          service,
          what: `address on network ${network}`,
          from,
          to: 'one that Docker chooses',
          because,
        })
      }
    }
    if (Object.keys(resets).length > 0) services[service] = { networks: resets }
  }
  return services
}
