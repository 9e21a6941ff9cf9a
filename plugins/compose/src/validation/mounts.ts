import type { Warning } from '@piko/sdk'
import { isAbsolute } from 'node:path'
import type { Model } from '../contract.js'
import { isInside } from '../model/leaving.js'
import type { Finding } from './finding.js'

/** Mounts outside the worktree: all environments share what a service writes there. */
export const mounts: Finding = {
  stays:
    'a bind mount, a volume with a `device` or a build context that is outside the worktree (with no warning if it is read-only, except for sockets)',
  because: 'a path of the machine is one path: what one environment writes there, the others read',
  codes: ['COMPOSE_MOUNT_OUTSIDE', 'COMPOSE_BUILD_OUTSIDE'],
  find: (model, { worktree }) => [
    ...bindMounts(model, worktree),
    ...devices(model, worktree),
    ...buildContexts(model, worktree),
  ],
}

function bindMounts({ services }: Model, worktree: string): readonly Warning[] {
  return Object.entries(services).flatMap(([service, { mounts }]) =>
    mounts.flatMap(({ type, source, readOnly }): readonly Warning[] => {
      if (type !== 'bind' || source === undefined || isInside(source, worktree)) return []
      const isSocket = source.endsWith('.sock')
      if (readOnly && !isSocket) return []
      const message = `Service ${service} mounts ${source}, which is outside the worktree: all environments share it`
      return [{ code: 'COMPOSE_MOUNT_OUTSIDE', message, service }]
    }),
  )
}

function devices({ volumes }: Model, worktree: string): readonly Warning[] {
  return Object.entries(volumes).flatMap(([key, { options, external }]): readonly Warning[] => {
    const device = options['device']
    if (external || options['type'] === 'tmpfs' || device === undefined || isInside(device, worktree))
      return []
    const message = `The volume ${key} is ${device}, which is outside the worktree: all environments share it`
    return [{ code: 'COMPOSE_MOUNT_OUTSIDE', message }]
  })
}

function buildContexts({ services }: Model, worktree: string): readonly Warning[] {
  return Object.entries(services).flatMap(([service, { build }]): readonly Warning[] => {
    const path = build?.context?.path
    if (path === undefined || !isAbsolute(path) || isInside(path, worktree)) return []
    const message = `Service ${service} is built from ${path}, which is outside the worktree`
    return [{ code: 'COMPOSE_BUILD_OUTSIDE', message, service }]
  })
}
