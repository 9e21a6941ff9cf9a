import type { Warning } from '@piko/sdk'
import type { Finding } from './finding.js'

/** Compose copies a config or secret with an owner or mode into the container, so it cannot be mounted from a file. */
export const writableSources: Finding = {
  stays: 'a config or a secret from `content:` or `environment:` that is used with a `uid`, `gid` or `mode`',
  because: 'only a copy can have another owner, and a container can overwrite a copy',
  codes: ['COMPOSE_SOURCE_WRITABLE'],
  find: ({ sources }) =>
    sources.flatMap(({ kind, name, services, from, hasOwner }): readonly Warning[] => {
      if (!hasOwner || (from !== 'text' && from !== 'variable')) return []
      return services.map(service => ({
        code: 'COMPOSE_SOURCE_WRITABLE',
        message: `Service ${service} can overwrite its copy of the ${kind} ${name}, which has a uid, gid or mode of its own`,
        hints: [`To mount it read-only, remove uid, gid and mode from the ${kind} of the service`],
        service,
      }))
    }),
}
