import type { Warning } from '@piko/sdk'
import { isAbsolute, relative } from 'node:path'
import type { Finding } from './warnings.js'

/** What a service writes outside the worktree is common to all environments. */
export const mounts: Finding = ({ services, volumes }, { worktree }) => [
  ...Object.entries(services).flatMap(([service, { mounts }]) =>
    mounts.flatMap(({ type, source, readOnly }): readonly Warning[] => {
      if (type !== 'bind' || source === undefined || isInside(source, worktree)) return []
      const isSocket = source.endsWith('.sock')
      if (readOnly && !isSocket) return []
      const message = `Service ${service} mounts ${source}, which is outside the worktree: all environments share it`
      return [{ code: 'COMPOSE_MOUNT_OUTSIDE', message, service }]
    }),
  ),
  ...Object.entries(volumes).flatMap(([key, { options, external }]): readonly Warning[] => {
    const device = options['device']
    if (external || options['type'] === 'tmpfs' || device === undefined || isInside(device, worktree))
      return []
    const message = `The volume ${key} is ${device}, which is outside the worktree: all environments share it`
    return [{ code: 'COMPOSE_MOUNT_OUTSIDE', message }]
  }),
  ...Object.entries(services).flatMap(([service, { build }]): readonly Warning[] => {
    const context = build?.context
    if (context === undefined || !isAbsolute(context) || isInside(context, worktree)) return []
    const message = `Service ${service} is built from ${context}, which is outside the worktree`
    return [{ code: 'COMPOSE_BUILD_OUTSIDE', message, service }]
  }),
]

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path)
  return !isAbsolute(way) && way !== '..' && !way.startsWith('../')
}
