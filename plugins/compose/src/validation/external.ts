import type { Warning } from '@piko/sdk'
import type { Finding } from './finding.js'

/** External networks and volumes are not piko's and stay as they are, shared by all environments. */
export const external: Finding = {
  stays: '`external: true` networks and volumes',
  because: 'they were created elsewhere, and others use them',
  codes: ['COMPOSE_NETWORK_EXTERNAL', 'COMPOSE_VOLUME_EXTERNAL'],
  find: ({ networks, volumes, services }) => [
    ...Object.entries(networks).flatMap(([key, { external, name }]): readonly Warning[] => {
      if (!external || engineOwn.has(name)) return []
      const users = namesOf(Object.entries(services).filter(([, service]) => key in service.networks))
      const message = `The network ${name} is external: ${users} of every environment reach each other on it by name`
      return [{ code: 'COMPOSE_NETWORK_EXTERNAL', message }]
    }),
    ...Object.entries(volumes).flatMap(([key, { external, name }]): readonly Warning[] => {
      if (!external) return []
      const isUser = (mounts: readonly { readonly source?: string }[]) =>
        mounts.some(({ source }) => source === key)
      const users = namesOf(Object.entries(services).filter(([, service]) => isUser(service.mounts)))
      const message = `The volume ${name} is external: ${users} of every environment use the same data`
      return [{ code: 'COMPOSE_VOLUME_EXTERNAL', message }]
    }),
  ],
}

/** `host` has a warning per service; on `none` nothing is shared. */
const engineOwn: ReadonlySet<string> = new Set(['host', 'none'])

function namesOf(services: readonly (readonly [string, unknown])[]): string {
  return services.map(([name]) => name).join(', ') || 'the services'
}
