import type { Access } from '@piko/sdk'
import type { ServiceRule } from '../rule.js'

/** Paths of this machine that a service mounts, read-only ones included. */
export const mounts: ServiceRule = async ({ service, raw, written }, looking) => {
  const found = (raw.volumes ?? []).map(async (mount): Promise<readonly Access[]> => {
    const { type, source, target, read_only: readOnly } = mount
    if (harmless.has(type)) return []
    const asWritten = written?.volumes?.find(other => other.target === target)?.source
    const outside =
      type === 'bind' && source !== undefined
        ? await looking.findOutside(source, asWritten)
        : `${type} ${source ?? ''}`
    if (outside === undefined) return []
    const isSocket = /\/docker\.sock$/.test(outside)
    const why = isSocket ? ', the Docker socket, which controls this machine' : readOnly ? ', read-only' : ''
    const kind = isSocket ? 'docker-socket' : 'mount'
    return [{ kind, message: `Service ${service} mounts ${outside}${why}`, service }]
  })
  return (await Promise.all(found)).flat()
}

const harmless: ReadonlySet<string> = new Set(['volume', 'tmpfs', 'image'])
