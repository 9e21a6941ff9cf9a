import type { Context } from '@piko/sdk'
import { lookDocker } from '@piko/plugin-compose/contract/engine'
import { setTimeout as pause } from 'node:timers/promises'
import { proxyErrors } from '../errors/proxy.js'
import { readDigest } from './ask.js'
import { proxyContainer } from './engine.js'

const WAIT_SECONDS = 30

/** Waits until the proxy responds with the expected configuration. */
export async function awaitProxy(
  context: Context<unknown>,
  { port, digest }: { readonly port: number; readonly digest: string },
): Promise<void> {
  const deadline = performance.now() + WAIT_SECONDS * 1000
  while ((await readDigest(port, context.signal)) !== digest) {
    if (performance.now() > deadline)
      throw proxyErrors.CADDY_PROXY_SILENT({ port, lines: await lastLines(context) })
    await pause(50, undefined, { signal: context.signal })
  }
}

export async function lastLines(context: Context<unknown>): Promise<readonly string[]> {
  const words = ['logs', '--tail', '10', proxyContainer()] as const
  const { stdout, stderr } = await lookDocker(context, words, { allowFailure: true })
  return `${stdout}\n${stderr}`.split('\n').filter(Boolean)
}
