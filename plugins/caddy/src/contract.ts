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
/**
 * Routes host names to containers besides those of environments. Done again, it changes the routes without closing a
 * connection; taken back, it removes them. The key is unique on the machine.
 */
export const routeRun: RunRef<RouteInput> = { id: 'caddy.route', subject: 'machine' }

export type RouteInput = {
  readonly engine: Engine
  readonly project: string
  /** The project's main checkout. */
  readonly root: string
  /** The name that pages and lists show: `staging`. */
  readonly name: string
  /** The host name by which containers on the networks find the proxy. It must not change while it is in use. */
  readonly host: string
  readonly targets: readonly RouteTarget[]
  /** Networks of the containers, on the engine. */
  readonly networks: readonly string[]
}

export type RouteTarget = {
  readonly service: string
  readonly host: string
  readonly container: string
  readonly port: number
}

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
