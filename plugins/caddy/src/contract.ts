import type { Fact, RunRef } from '@piko/sdk'
import type { Engine } from '@piko/plugin-compose/contract'

/** The door for other plugins: the names of an environment, and the proxy. */

/** The host names of an environment; published before its containers start. */
export const routesFact: Fact<Routes> = { id: 'caddy.routes' }
/** The ports of the proxy; published by `portsRun`. */
export const portsFact: Fact<Ports> = { id: 'caddy.ports' }

/** Decides once per machine which ports the proxy has; asks no engine. */
export const portsRun: RunRef<PortsInput> = { id: 'caddy.ports', subject: 'machine' }
/** The proxy runs, on the engine that is named. */
export const proxyRun: RunRef<ProxyInput> = { id: 'caddy.proxy', subject: 'machine' }

export type Routes = {
  /** The environment's own: `feature.localhost`. */
  readonly host: string
  /** The first has the environment's own host too. */
  readonly services: readonly Routed[]
}

export type Routed = {
  readonly service: string
  /** In the container. */
  readonly port: number
  /** `web.feature.localhost` */
  readonly host: string
  /** A path. */
  readonly health?: string
  /** A clause: "named in .piko.yml". */
  readonly because: string
}

export type Ports = { readonly http: number; readonly https: number }

/** Ports that turned out not to be had, or those that the user wants. */
export type PortsInput = { readonly refused?: readonly number[]; readonly wanted?: Ports }

export type ProxyInput = { readonly engine: Engine; readonly image: string }
