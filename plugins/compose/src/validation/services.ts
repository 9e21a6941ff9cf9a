import type { Warning } from '@piko/sdk'
import type { Service } from '../contract.js'
import { serviceNamed } from '../override/container-references.js'
import type { Finding } from './warnings.js'

/** What a service claims by itself: the host's network, fixed addresses, a host port for several replicas. */
export const services: Finding = model =>
  Object.entries(model.services).flatMap(([name, service]) => [
    ...hostNetworking(name, service),
    ...droppedAddresses(name, service),
    ...sharedPorts(name, service),
    ...references(service).flatMap((reference): readonly Warning[] => {
      const container = reference.split(':')[1] ?? ''
      if (!reference.startsWith('container:') || serviceNamed(model, container) !== undefined) return []
      const message = `Service ${name} reaches into the container ${container}, which is not the environment's own`
      return [{ code: 'COMPOSE_CONTAINER_FOREIGN', message, service: name }]
    }),
  ])

function references({ networkMode, pid, ipc, volumesFrom }: Service): readonly string[] {
  return [networkMode ?? '', pid ?? '', ipc ?? '', ...volumesFrom]
}

function hostNetworking(name: string, { networkMode }: Service): readonly Warning[] {
  if (networkMode !== 'host') return []
  const message = `Service ${name} uses host networking: its ports are the host's own, and it cannot run in two environments at once`
  return [{ code: 'COMPOSE_HOST_NETWORKING', message, service: name }]
}

function droppedAddresses(name: string, service: Service): readonly Warning[] {
  return Object.entries(service.networks).flatMap(([network, { addresses }]) =>
    Object.values(addresses).map((address): Warning => {
      const message = `Service ${name} loses its fixed address ${address} on network ${network}; what names the address has to name the service`
      return { code: 'COMPOSE_ADDRESS_DROPPED', message, service: name }
    }),
  )
}

function sharedPorts(name: string, { replicas, ports }: Service): readonly Warning[] {
  if (replicas <= 1 || ports.length === 0) return []
  const targets = ports.map(({ target }) => target).join(', ')
  const message = `Service ${name} has ${replicas} replicas: Docker chooses the host ports of ${targets}, anew at each start`
  return [{ code: 'COMPOSE_PORTS_REPLICATED', message, hints: ['To see them, run `piko ps`'], service: name }]
}
