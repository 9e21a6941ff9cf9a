import { registryOf } from '@piko/plugin-compose/contract/engine'
import { readToken } from '../secrets/keep.js'
import type { Registry } from '../store/registries.js'
import type { Reading } from '../store/table.js'
import type { Endpoint } from './client.js'
import { findRegistryOf } from './login.js'

export function endpointOf(context: Reading, registry: Registry): Endpoint {
  return { url: registry.url, user: registry.user, token: readToken(context, registry) }
}

/** The registry of an image, named by the project or not. On this machine, without TLS, as for Docker. */
export function endpointFor(context: Reading, image: string): Endpoint {
  const registry = findRegistryOf(context, image)
  if (registry) return endpointOf(context, registry)
  const host = registryOf(image)
  const scheme = /^(localhost|127\.)/.test(host) ? 'http' : 'https'
  return { url: `${scheme}://${host}`, user: null, token: undefined }
}

/** "team/web" of `registry.example.org/team/web`. */
export function repositoryOf(image: string): string {
  const host = registryOf(image)
  return image.startsWith(`${host}/`) ? image.slice(host.length + 1) : image
}
