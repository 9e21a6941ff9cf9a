import type { Warning } from '@piko/sdk'
import type { Model, Network } from '../contract.js'
import type { Finding } from './finding.js'

/** Networks whose addresses the engine does not assign, and MAC addresses used twice on one network. */
export const lan: Finding = {
  stays:
    'the addresses of a `macvlan`, an `ipvlan` or a network of another driver; a fixed `mac_address` there',
  because: 'they belong to the network outside, which all environments are then on',
  codes: ['COMPOSE_NETWORK_OUTSIDE', 'COMPOSE_MAC_ADDRESS'],
  find: model => [
    ...Object.entries(model.networks).flatMap(([key, network]): readonly Warning[] => {
      if (network.external || network.isLeased) return []
      const message = `The network ${key} (${driverOf(network)}) keeps its addresses: environments share it, and the engine may refuse the second one`
      return [{ code: 'COMPOSE_NETWORK_OUTSIDE', message }]
    }),
    ...hardwareAddresses(model),
  ],
}

function driverOf({ driver, ipam }: Network): string {
  return driver ?? `IPAM driver ${ipam.driver ?? 'default'}`
}

function hardwareAddresses({ services, networks }: Model): readonly Warning[] {
  return Object.entries(services).flatMap(([service, { macAddresses, networks: attached }]) => {
    const outside = Object.keys(attached).find(key => !networks[key]?.isLeased)
    if (outside === undefined) return []
    return macAddresses.map((address): Warning => {
      const message = `Service ${service} has the hardware address ${address} in every environment, and all of them are on network ${outside}`
      return { code: 'COMPOSE_MAC_ADDRESS', message, service }
    })
  })
}
