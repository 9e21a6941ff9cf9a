import type { RegistryLogin } from '@piko/plugin-compose/contract/engine'
import type { Definition } from '../model/files.js'

/**
 * What runs the releases of a stage. Steps know only this, so that another kind of engine can take the place of
 * Docker's.
 */
export interface Target {
  /** Pins a tag to what it stands for now. Undefined if neither the registry nor the target has it. */
  pin(reference: string, options: PinOptions): Promise<string | undefined>
  pull(pin: string, transfer: Pulling): Promise<void>
  /** Runs one service of a model to its end. Leaves nothing behind. */
  runOnce(model: Definition, task: { readonly key: string; readonly container: string }): Promise<Ended>
  /** Starts the services of a model; returns when the engine has accepted them. */
  start(model: Definition): Promise<void>
  /** Starts containers that were stopped. */
  resume(containers: readonly string[]): Promise<void>
  /** Succeeds if they are stopped or do not exist. */
  stop(containers: readonly string[]): Promise<void>
  /** Removes them, running or not, with their anonymous volumes. Succeeds if they do not exist. */
  remove(containers: readonly string[]): Promise<void>
  observe(container: string): Promise<Observed | undefined>
  lastLines(container: string): Promise<readonly string[]>
  /** Requests and WebSockets that have not finished. */
  countConnections(container: string, port: number): Promise<number>
}

export interface PinOptions {
  readonly login: RegistryLogin | undefined
  /** An image that only the target has will do. */
  readonly mayBeLocal: boolean
}

export interface Pulling {
  readonly login: RegistryLogin | undefined
  onLine(line: string): void
}

interface Ended {
  readonly exitCode: number
  readonly lines: readonly string[]
}

export interface Observed {
  /** Docker's state: `running`, `exited`, `restarting`. */
  readonly state: string
  readonly health: 'none' | 'starting' | 'healthy' | 'unhealthy'
  readonly restarts: number
  readonly exitCode: number
}
