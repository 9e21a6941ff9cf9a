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
  /** What its container answers to a request, where it is up: "200", "no answer". */
  readonly says: string
}

/** Every name on this machine, with what it answers; nothing is asked where nothing is up, or no proxy. */
export async function probeRoutes(
  context: Pick<Context<CaddyConfig>, 'signal'>,
  ports: Ports,
  { isAsked = true }: { readonly isAsked?: boolean } = {},
): Promise<readonly Probed[]> {
  const entries = [...(await readEntries()).values()]
  const all = entries.flatMap(entry =>
    Object.entries(entry.services).map(async ([service, { host, health = '/', upstreams }], index) => {
      const { project, environment, state } = entry
      const url = urlOf(index === 0 ? entry.host : host, ports)
      const isUp = state === 'up' && isAsked
      const says = isUp ? await ask({ port: ports.http, host, path: health, signal: context.signal }) : ''
      return { project, environment, service, url, state, upstreams, says }
    }),
  )
  return Promise.all(all)
}

/** Whatever a service answers is its own affair, as long as it is the service that answers. */
export function isGood({ state, says }: Probed): boolean {
  return state !== 'up' || says === '' || /^\d+$/.test(says)
}

async function ask(asked: Parameters<typeof askProxy>[0]): Promise<string> {
  const said = await askProxy(asked)
  if (!said) return 'no answer'
  const isPage = said.headers['x-piko-proxy'] !== undefined
  return isPage ? 'its container does not answer' : String(said.status)
}
