import { type RegistryLogin, registryOf } from '@piko/plugin-compose/contract/engine'
import { readToken } from '../secrets/keep.js'
import { registries, type Registry } from '../store/registries.js'
import type { Reading } from '../store/table.js'

/** The registry that an image comes from, if the project names it. */
export function findRegistryOf(context: Reading, image: string): Registry | undefined {
  const host = registryOf(image)
  return registries.all(context).find(({ url }) => new URL(url).host === host)
}

/** The login for an image. Undefined: the project has none, and Docker's own applies. */
export function readLogin(context: Reading, image: string): RegistryLogin | undefined {
  const registry = findRegistryOf(context, image)
  const password = registry && readToken(context, registry)
  if (!registry || password === undefined) return undefined
  return { username: registry.user ?? '', password, serveraddress: new URL(registry.url).host }
}
