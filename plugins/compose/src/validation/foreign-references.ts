import type { Warning } from '@piko/sdk'
import type { Service } from '../contract.js'
import { serviceNamed } from '../override/container-references.js'
import type { Finding } from './finding.js'
import { containersOf } from './reserved-names.js'

/** References of a service to things outside its project. */
export const foreignReferences: Finding = {
  stays: '`container:NAME`, `external_links` to a foreign container, and services with a `provider`',
  because: 'what belongs to another project is not copied: all environments use the same one',
  codes: ['COMPOSE_CONTAINER_FOREIGN', 'COMPOSE_PROVIDER_SHARED'],
  find: model =>
    Object.entries(model.services).flatMap(([name, service]) => [
      ...containersOf(service).flatMap((container): readonly Warning[] => {
        if (serviceNamed(model, container) !== undefined) return []
        const message = `Service ${name} reaches into the container ${container}, which does not belong to the environment`
        return [{ code: 'COMPOSE_CONTAINER_FOREIGN', message, service: name }]
      }),
      ...provided(name, service),
    ]),
}

function provided(service: string, { provider }: Service): readonly Warning[] {
  if (provider === undefined) return []
  const message = `Service ${service} is provided by ${provider}, outside of Docker: piko cannot tell one environment's from another's`
  return [{ code: 'COMPOSE_PROVIDER_SHARED', message, service }]
}
