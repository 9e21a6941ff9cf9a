import { registryOf } from '@piko/plugin-compose/contract/engine'
import { detailsOf } from '@piko/sdk'
import { registryErrors } from '../errors/registries.js'

/** Engines pass on what registries say, in prose. */
const unknown = /manifest unknown|name unknown|not found|repository name not known/i
const denied = /unauthorized|no basic auth|authentication required|denied|forbidden/i
const silent = /connection refused|no such host|timeout|deadline exceeded|unreachable|no route|HTTP response/i

export function isUnknown(cause: unknown): boolean {
  return unknown.test(textOf(cause))
}

/** The error for an image that cannot be resolved; the engine's own if the registry is not to blame. */
export function explain(
  cause: unknown,
  { reference, user }: { readonly reference: string; readonly user: string | undefined },
): unknown {
  const text = textOf(cause)
  const registry = registryOf(reference)
  if (denied.test(text)) return registryErrors.DEPLOY_REGISTRY_REFUSED({ registry, name: user })
  return silent.test(text) ? registryErrors.DEPLOY_REGISTRY_DOWN({ registry, name: user, cause }) : cause
}

function textOf(cause: unknown): string {
  const { message = String(cause), details = [] } = detailsOf(cause) ?? {}
  return [message, ...details].join('\n')
}
