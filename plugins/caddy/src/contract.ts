import type { Fact, RunRef } from '@piko/sdk'
import type { Engine } from '@piko/plugin-compose/contract'

/** The contract for other plugins: the names of an environment, and the proxy. */

/** The host names of an environment; published before its containers start. */
export const routesFact: Fact<Routes> = { id: 'caddy.routes' }
/** The ports of the proxy; published by `portsRun`. */
export const portsFact: Fact<Ports> = { id: 'caddy.ports' }

/** Chooses the proxy's ports, once per machine. Needs no engine. */
export const portsRun: RunRef<PortsInput> = { id: 'caddy.ports', subject: 'machine' }
/** Runs the proxy on the given engine. */
export const proxyRun: RunRef<ProxyInput> = { id: 'caddy.proxy', subject: 'machine' }

export type Routes = {
  /** The environment's host: `feature.localhost`. */
  readonly host: string
  /** The first service also gets the environment's host. */
  readonly services: readonly Routed[]
}

export type Routed = {
  readonly service: string
  /** The port in the container. */
  readonly port: number
  /** `web.feature.localhost` */
  readonly host: string
  /** A path for health checks. */
  readonly health?: string
  /** A clause: "named in .piko.yml". */
  readonly because: string
}

export type Ports = { readonly http: number; readonly https: number }

/** Ports that proved unavailable, or the ports that the user wants. */
export type PortsInput = { readonly refused?: readonly number[]; readonly wanted?: Ports }

export type ProxyInput = {
  readonly engine: Engine
  /** The image that the user chose for this machine. A project cannot. */
  readonly image?: string
}
