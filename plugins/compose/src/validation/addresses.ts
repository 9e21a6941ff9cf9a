import type { Warning } from '@piko/sdk'
import { isIPv4 } from 'node:net'
import type { Model } from '../contract.js'
import { overlaps } from '../model/subnets.js'
import { isDropped } from '../override/networks.js'
import type { Finding } from './finding.js'

/** Fixed addresses that were dropped but still appear in the files. */
export const addresses: Finding = {
  stays: 'an address of a dropped subnet in `environment`, `command`, `dns` or `extra_hosts`',
  because: "piko does not rewrite a service's own settings: they must use the service's name instead",
  codes: ['COMPOSE_ADDRESS_DROPPED', 'COMPOSE_ADDRESS_NAMED'],
  find: (model, { texts }) => [...dropped(model), ...named(model, texts)],
}

function dropped({ services, networks }: Model): readonly Warning[] {
  return Object.entries(services).flatMap(([service, { networks: attached }]) =>
    Object.entries(attached).flatMap(([network, { addresses }]) =>
      Object.values(isDropped(networks[network]) ? addresses : {}).map((address): Warning => {
        const message = `Service ${service} loses its fixed address ${address} on network ${network}; what uses the address must use the service's name`
        return { code: 'COMPOSE_ADDRESS_DROPPED', message, service }
      }),
    ),
  )
}

function named({ networks, services }: Model, texts: Readonly<Record<string, string>>): readonly Warning[] {
  const subnets = Object.values(networks).flatMap(({ isLeased, ranges }) =>
    isLeased ? ranges.flatMap(({ subnet }) => subnet ?? []) : [],
  )
  if (subnets.length === 0) return []
  return Object.entries(texts).flatMap(([service, text]) => {
    const found = text.match(/\b\d+\.\d+\.\d+\.\d+\b/g) ?? []
    const stale = found.filter(
      address => isIPv4(address) && subnets.some(subnet => overlaps(`${address}/32`, subnet)),
    )
    return [...new Set(stale)].map((address): Warning => {
      const owner = ownerOf(services, address)
      const instead = owner === undefined ? '' : `; it was ${owner}'s, so name ${owner} instead`
      const message = `Service ${service} names the address ${address}, which is in a subnet that this environment does not have${instead}`
      return { code: 'COMPOSE_ADDRESS_NAMED', message, service }
    })
  })
}

function ownerOf(services: Model['services'], address: string): string | undefined {
  const owns = ({ networks }: Model['services'][string]) =>
    Object.values(networks).some(({ addresses }) => Object.values(addresses).includes(address))
  return Object.entries(services).find(([, service]) => owns(service))?.[0]
}
