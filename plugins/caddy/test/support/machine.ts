import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readEngine } from '@piko/plugin-compose/contract/engine'
import { type CaddyConfig, config } from '#caddy/config.js'
import { type Ports, portsFact, type PortsInput, type ProxyInput } from '@piko/plugin-caddy/contract'
import { proxyContainer } from '#caddy/proxy/engine.js'
import { proxyFolder } from '#caddy/proxy/place.js'
import { decidePorts } from '#caddy/runs/ports.js'
import { runProxy } from '#caddy/runs/proxy.js'
import type { Json, RunStepContext, Changes } from '@piko/sdk'
import { createTestContext } from '@piko/sdk/testing'
import { docker } from '#test/support/engine.js'
import { subnetsOfOwn } from '#test/support/lanes.js'
import { removeProxy } from '#test/support/proxies.js'

/** A machine with its own proxy, on which the plugin's runs are really done, as by core. */
export interface Machine {
  /** Replaces the core functions that an environment's steps get. */
  readonly ensure: Changes['ensure']
  readonly ports: () => Ports
  readonly facts: ReadonlyMap<string, Json>
  context(input: PortsInput): RunStepContext<CaddyConfig, PortsInput>
  context(input: ProxyInput): RunStepContext<CaddyConfig, ProxyInput>
  start(): Promise<void>
  /** By hand, as a user would. */
  stopContainer(): void
  dispose(): void
}

export function makeMachine(): Machine {
  const folder = mkdtempSync(join(tmpdir(), 'piko-machine-'))
  mkdirSync(join(folder, 'worktree'))
  const test = createTestContext<CaddyConfig>({
    folder,
    config: config.schema.parse({}),
    subnets: subnetsOfOwn(),
  })
  const receipts = new Map<string, never>()
  const run: Machine['ensure'] = async (ref, { input }) => {
    const context = contextOf(input) as never // the run's own input
    const step = ref.id === 'caddy.ports' ? decidePorts : runProxy
    const before = receipts.get(ref.id)
    const planned = before === undefined ? undefined : await step.plan?.(context, before)
    if (planned?.action !== 'nothing') receipts.set(ref.id, (await step.do(context, before)) as never)
  }
  // One at a time, as with core's lock. A run that this one ensures is separate.
  const last = new Map<string, Promise<unknown>>()
  const ensure: Machine['ensure'] = async (ref, request) => {
    const before = last.get(ref.id) ?? Promise.resolve()
    const now = before.then(() => run(ref, request))
    last.set(
      ref.id,
      now.catch(() => undefined),
    )
    return now
  }
  const contextOf = (input: Json | undefined) => ({
    ...test,
    subject: { kind: 'machine' } as const,
    verb: 'run' as const,
    input,
    ensure,
  })
  const ports = () => {
    const found = test.fact(portsFact)
    if (!found) throw new Error('the proxy has no ports')
    return found
  }
  return {
    ensure,
    ports,
    facts: test.facts,
    context: (input: never) => contextOf(input) as never,
    start: async () =>
      ensure({ id: 'caddy.proxy', subject: 'machine' }, { input: { engine: await readEngine() } }),
    stopContainer: () => void docker('rm', '-f', proxyContainer()),
    dispose() {
      removeProxy(proxyFolder())
      rmSync(folder, { recursive: true, force: true })
      rmSync(proxyFolder(), { recursive: true, force: true })
    },
  }
}
