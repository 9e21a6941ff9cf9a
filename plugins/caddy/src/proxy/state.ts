import type { Container } from '@piko/plugin-compose/contract/engine'
import type { Context } from '@piko/sdk'
import type { CaddyConfig } from '../config.js'
import { type Ports, portsFact, portsRun } from '../contract.js'
import { readDigest } from './ask.js'
import { fetchProxy, isOurs } from './engine.js'

export interface State {
  readonly ports: Ports | undefined
  readonly container: Container | undefined
  /** Whether Caddy with piko's configuration responds on the port. */
  readonly isAnswering: boolean
}

/** The current state of the proxy. */
export async function fetchState(context: Context<CaddyConfig>): Promise<State> {
  const ports = context.fact(portsFact, { run: portsRun })
  const found = await fetchProxy(context)
  const container = found && isOurs(found.labels) ? found : undefined
  const isRunning = container?.status === 'running'
  const digest = ports && isRunning ? await readDigest(ports.http, context.signal) : undefined
  return { ports, container, isAnswering: digest !== undefined }
}
