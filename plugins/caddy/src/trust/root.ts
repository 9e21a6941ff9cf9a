import type { Changes, Context } from '@piko/sdk'
import { runDocker } from '@piko/plugin-compose/contract/engine'
import { chmod, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { CaddyConfig } from '../config.js'
import { proxyErrors } from '../errors/proxy.js'
import { proxyContainer } from '../proxy/engine.js'
import { proxyFolder, proxyProject } from '../proxy/place.js'
import { fetchState } from '../proxy/state.js'

const inContainer = '/data/caddy/pki/authorities/local/root.crt'

/** The certificate's name in every store. No other certificate is ever removed. */
export function rootName(): string {
  return proxyProject()
}

/** A copy of the root certificate on this machine. */
export function rootFile(): string {
  return join(proxyFolder(), 'root.crt')
}

/** Copies the root certificate from the container. Throws if there is no container. */
export async function fetchRoot(context: Context<CaddyConfig> & Pick<Changes, 'exec'>): Promise<string> {
  if (!(await fetchState(context)).container) throw proxyErrors.CADDY_PROXY_STOPPED()
  await mkdir(proxyFolder(), { recursive: true, mode: 0o700 })
  await runDocker(context, ['cp', `${proxyContainer()}:${inContainer}`, rootFile()])
  await chmod(rootFile(), 0o600)
  return rootFile()
}
