import type { Context } from '@piko/sdk'
import type { CaddyConfig } from '../config.js'
import type { Ports } from '../contract.js'
import { askProxy } from '../proxy/ask.js'
import { type Entry, readEntries } from './files.js'
import { urlOf } from './url.js'

export interface Probed {
  readonly project: string
  readonly environment: string
  readonly service: string
  readonly url: string
  readonly state: Entry['state']
  /** `container:port` */
  readonly upstreams: readonly string[]
  /** The response of a running container: "200", "no answer". */
  readonly says: string
}

/**
 * All names on this machine, with their responses. Stopped environments are not queried, nor is anything without the
 * proxy.
 */
export async function probeRoutes(
  context: Pick<Context<CaddyConfig>, 'signal'>,
  ports: Ports,
  { isAsked = true }: { readonly isAsked?: boolean } = {},
): Promise<readonly Probed[]> {
  const entries = [...(await readEntries()).values()]
  const all = entries.flatMap(entry =>
    Object.entries(entry.services).map(async ([service, { host, health = '/', names, port }], index) => {
      const { project, environment, state } = entry
      const upstreams = names.map(name => `${name}:${port}`)
      const url = urlOf(index === 0 ? entry.host : host, ports)
      const isUp = state === 'up' && isAsked
      const says = isUp ? await ask({ port: ports.http, host, path: health, signal: context.signal }) : ''
      return { project, environment, service, url, state, upstreams, says }
    }),
  )
  return Promise.all(all)
}

/** Any response is fine, as long as it comes from the service. */
export function isGood({ state, says }: Probed): boolean {
  return state !== 'up' || says === '' || /^\d+$/.test(says)
}

async function ask(asked: Parameters<typeof askProxy>[0]): Promise<string> {
  const response = await askProxy(asked)
  if (!response) return 'no answer'
  const isPage = response.headers['x-piko-proxy'] !== undefined
  return isPage ? 'its container does not answer' : String(response.status)
}
