import { askProxy } from '@piko/plugin-caddy/contract/engine'
import { clipped } from '@piko/sdk'
import { setTimeout as pause } from 'node:timers/promises'
import type { HealthResponse } from '../store/deploys.js'

export interface HealthCheck {
  readonly port: number
  readonly host: string
  readonly path: string
  /** Only 2xx and 3xx will do. Otherwise anything below 500 does: the path may not exist. */
  readonly isStrict: boolean
  readonly seconds: number
  readonly signal: AbortSignal
  /** Called after each answer that is not healthy; throws if waiting is in vain. */
  onSilence(): Promise<void>
}

const pollMilliseconds = 50
const keptLines = 5

/** Asks until the path is healthy or the time is up. Returns the last answer. */
export async function checkHealth(check: HealthCheck) {
  const deadline = performance.now() + check.seconds * 1000
  for (;;) {
    const response = await ask(check)
    const { status } = response
    if (status !== null && status < (check.isStrict ? 400 : 500)) return { isHealthy: true, response }
    await check.onSilence()
    if (performance.now() > deadline) return { isHealthy: false, response }
    await pause(pollMilliseconds, undefined, { signal: check.signal })
  }
}

/** A page of the proxy itself is no answer. */
async function ask({ port, host, path, signal }: HealthCheck): Promise<HealthResponse> {
  const answer = await askProxy({ port, host, path, signal })
  if (!answer || answer.headers['x-piko-proxy'] !== undefined) return { status: null, lines: [] }
  const lines = answer.body.split('\n').map(line => clipped(line.trimEnd(), 200))
  return { status: answer.status, lines: lines.filter(line => line !== '').slice(0, keptLines) }
}
