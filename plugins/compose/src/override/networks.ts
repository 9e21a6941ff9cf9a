import { type Change, type Model, type Network, type Override, replace, reset } from '../contract.js'
import type { Rule } from './rule.js'
import { sourceName } from './source-name.js'

/** piko creates the networks, external to Compose, since a fixed address or subnet can exist only once per engine. */
export const networks: Rule = {
  changes:
    "A network, whatever `name:` it has, becomes `piko-PROJECT-NAME` (the default one) or `piko-PROJECT-NAME-NETWORK`, made by piko with its driver and options, in a subnet of piko's own pool; fixed subnets and addresses, and the host's name of a bridge, are dropped. A macvlan or ipvlan keeps its addresses",
  because:
    "services of two environments must not reach each other, a subnet or an address can be used once per engine, and Docker's own pools end after about 30 networks",
  see: '`docker network ls --filter label=dev.piko.environment=NAME`; a warning names each dropped address',
  apply(model) {
    const changes: Change[] = []
    const named: Record<string, Override[string]> = {}
    for (const [key, network] of Object.entries(model.networks)) {
      if (network.external) continue
      named[key] = replace({ external: true, name: network.engineName })
      changes.push(...changesOf(model, [key, network]))
    }
    const services = withoutAddresses(model, changes)
    return {
      override: {
        ...(Object.keys(services).length === 0 ? {} : { services }),
        ...(Object.keys(named).length === 0 ? {} : { networks: named }),
      },
      changes,
    }
  },
}

/** The name of the bridge on the host, which can exist only once. */
export const bridgeName = 'com.docker.network.bridge.name'

function changesOf(model: Model, [key, network]: readonly [string, Network]): readonly Change[] {
  const because = 'each environment has its own networks'
  const bridge = network.options[bridgeName]
  const subnets = network.isLeased ? network.ranges.flatMap(({ subnet }) => subnet ?? []) : []
  return [
    { what: `network ${key}`, from: sourceName(model, key, network.name), to: network.engineName, because },
    ...subnets.map(from => ({
      what: `subnet of network ${key}`,
      from,
      to: "one of piko's own",
      because: 'a subnet can be used once per engine',
    })),
    ...(bridge === undefined
      ? []
      : [
          {
            what: `bridge of network ${key}`,
            from: bridge,
            to: 'one that Docker names',
            because: 'the host has one interface of a name',
          },
        ]),
  ]
}

function withoutAddresses(model: Model, changes: Change[]): Record<string, Override> {
  const services: Record<string, Override> = {}
  for (const [service, { networks: attached }] of Object.entries(model.services)) {
    const resets: Record<string, Override> = {}
    for (const [network, { addresses }] of Object.entries(attached)) {
      const keys = Object.keys(addresses)
      if (keys.length === 0 || !isDropped(model.networks[network])) continue
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

/**
 * Whether fixed addresses on the network are dropped: piko's networks get another subnet, and on an external one every
 * environment would claim the address.
 */
export function isDropped(network: Network | undefined): boolean {
  return network === undefined || network.isLeased || network.external
}
